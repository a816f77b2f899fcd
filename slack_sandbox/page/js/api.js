// Talks to the sandbox: JSON requests, and server-sent events for live updates.

import { store, toast, update } from "./store.js";

/** @type {EventSource | null} */
let source = null;
let fetching = false;
let stale = false;
const seenNotices = new Set();
const told = new Set(); // errors that came as an answer; the same notice need not be shown again
/** @type {((state: import("./store.js").State, previous: import("./store.js").State) => void)[]} */
const watchers = [];

const query = (facts) => new URLSearchParams(facts).toString();

/** Runs `callback(state, previous)` after each new state. */
export function onState(callback) {
  watchers.push(callback);
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    return { ok: false, error: `The sandbox answered with status ${response.status}.` };
  }
}

/** Sends a request. Answers {ok, …}; never throws. */
export async function post(path, body) {
  try {
    const headers = { "Content-Type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(body) };
    const answer = await json(await fetch(`/sandbox/${path}`, options));
    if (answer.error) told.add(answer.error);
    return answer;
  } catch {
    return { ok: false, error: "The sandbox does not answer. Is it still running?" };
  }
}

/** Like `post`; shows the error as a notice. */
export async function tell(path, body) {
  const answer = await post(path, body);
  if (!answer.ok && answer.error) toast(answer.error, "error");
  return answer;
}

/** Like `tell`, as the acting user. */
export const act = (path, body) => tell(path, { user: store.user, ...body });

export async function get(path, facts) {
  return json(await fetch(`/sandbox/${path}?${query(facts)}`));
}

/** Sends the bytes of a chosen file. */
export async function upload(file) {
  const where = `/sandbox/upload?${query({ user: store.user, name: file.name })}`;
  try {
    return await json(await fetch(where, { method: "POST", body: file }));
  } catch {
    return { ok: false, error: "The file did not arrive. Choose it again." };
  }
}

/** Where the acting user downloads a file: always this page's own origin. */
export function fileUrl(file) {
  const url = new URL(file.url ?? file.url_private, location.origin);
  url.searchParams.set("user", store.user ?? "");
  return url.pathname + url.search;
}

/** Fetches the state; calls during a fetch lead to one more fetch. */
export async function refresh() {
  if (fetching) {
    stale = true;
    return;
  }
  fetching = true;
  do {
    stale = false;
    await fetchState();
  } while (stale);
  fetching = false;
}

async function fetchState() {
  const user = store.user;
  try {
    const state = await get("state", user ? { user } : {});
    if (user !== store.user) return;
    if (state.users) accept(state);
    else if (user) await forget();
    else update({ refused: state.error });
  } catch {
    update({ online: false });
  }
}

// A name from an address of an earlier sandbox: start as anybody.
async function forget() {
  store.user = null;
  await fetchState();
}

function accept(state) {
  const previous = store.state;
  Object.assign(store, { state, fetchedAt: performance.now(), online: true, user: state.me });
  for (const watcher of watchers) watcher(state, previous);
  showNotices(state, previous);
  update();
}

// Notices that were there when the page was opened are old news.
function showNotices(state, previous) {
  for (const notice of state.notices ?? []) {
    const known = seenNotices.has(notice.id);
    seenNotices.add(notice.id);
    if (!known && previous && !told.delete(notice.text)) toast(notice.text, notice.level);
  }
}

/** Listens for changes that the acting user may see. */
export function listen() {
  source?.close();
  const fresh = new EventSource(`/sandbox/events?${query({ user: store.user })}`);
  source = fresh;
  fresh.addEventListener("change", (event) => {
    const { version } = JSON.parse(event.data);
    if (version !== store.state?.version || !store.online) refresh();
  });
  fresh.onopen = () => update({ online: true });
  fresh.onerror = () => update({ online: false });
}
