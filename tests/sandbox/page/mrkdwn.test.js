// What Slack's mrkdwn becomes on the sandbox's page.

import assert from "node:assert/strict";
import { test } from "node:test";

import { mrkdwn, plain } from "../../../slack_sandbox/page/js/mrkdwn.js";
import { store } from "../../../slack_sandbox/page/js/store.js";

store.user = "U1";
store.fetchedAt = performance.now();
store.state = {
  app: { bot_user_id: "UBOT", name: "App" },
  clock: { now: "2026-11-20T08:00:00Z" },
  users: [
    { id: "U1", real_name: "Rosa Delgado", tz: "America/Los_Angeles" },
    { id: "U2", real_name: "Tom Whitaker", tz: "Europe/London" },
  ],
  channels: [{ id: "C1", name: "general" }],
};

// An element as text: "strong(bold)"; a line and what only holds text are left out.
function told(node) {
  if (node.text !== undefined) return node.text;
  const inner = node.children.map(told).join("");
  return ["div", "span"].includes(node.tag) ? inner : `${node.tag}(${inner})`;
}

const CASES = [
  ["plain", "plain"],
  ["*bold* _slanted_ ~gone~", "strong(bold) em(slanted) s(gone)"],
  ["*_both_*", "strong(em(both))"],
  ["2*3*4 and a_b_c", "2*3*4 and a_b_c"],
  ["* not bold *", "* not bold *"],
  ["`*code*`", "code(*code*)"],
  ["a &lt;b&gt; &amp; c", "a <b> & c"],
  ["&amp;lt;", "&lt;"],
  ["<https://example.com|here>", "a(here)"],
  ["<https://example.com>", "a(https://example.com)"],
  ["see https://example.com/a.", "see a(https://example.com/a)."],
  ["<javascript:alert(1)|here>", "here"],
  ["<@U2> in <#C1>", "@Tom Whitaker in #general"],
  ["<@U9>", "@U9"],
  ["<!here> <!subteam^S1|@desk>", "@here @desk"],
  [":tada: :no_such_code:", "🎉 :no_such_code:"],
  ["> quoted\n> twice", "blockquote(quotedtwice)"],
  ["```\nas *it* is\n```", "pre(as *it* is)"],
  ["• one", "•one"],
];

for (const [text, wanted] of CASES) {
  test(`mrkdwn of ${JSON.stringify(text)}`, () => {
    assert.equal(mrkdwn(text).map(told).join(""), wanted);
  });
}

test("what looks like HTML never becomes an element", () => {
  const tags = (node) => (node.tag ? [node.tag, ...node.children.flatMap(tags)] : []);
  const found = mrkdwn("<script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt;").flatMap(tags);
  assert.deepEqual(found.filter((tag) => !["div", "span"].includes(tag)), []);
});

test("an unsafe address is no link, whatever its letters", () => {
  for (const url of ["javascript:x", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x", "//example.com"]) {
    assert.equal(mrkdwn(`<${url}|go>`).map(told).join(""), "go");
  }
});

test("a date is spelled in the reader's zone", () => {
  assert.equal(mrkdwn("<!date^1764288000^{date_num} {time}|x>").map(told).join(""), "2025-11-27 4:00 PM");
});

test("plain text keeps its marks", () => {
  assert.equal(plain({ type: "plain_text", text: "*a* :tada:" }), "*a* 🎉");
  assert.equal(plain({ type: "plain_text", text: ":tada:", emoji: false }), ":tada:");
  assert.equal(plain(null), "");
});
