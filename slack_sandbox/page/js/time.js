// Times in a reader's zone, and Slack's <!date^…> tokens.

const formatters = new Map();

function format(date, tz, options) {
  const key = tz + JSON.stringify(options);
  if (!formatters.has(key)) {
    formatters.set(key, new Intl.DateTimeFormat("en-US", { timeZone: tz, ...options }));
  }
  return formatters.get(key).format(date);
}

/** "9:05 AM" in the zone. */
export const clockTime = (date, tz) => format(date, tz, { hour: "numeric", minute: "2-digit" });

/** "2026-11-20" in the zone. */
export function isoDay(date, tz) {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit" };
  const [month, day, year] = format(date, tz, parts).split("/");
  return `${year}-${month}-${day}`;
}

/** "2026-11-20T08:00" in the zone, as date-time inputs want it. */
export function localInput(date, tz) {
  return `${isoDay(date, tz)}T${format(date, tz, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

/** The instant at which the clocks of the zone show "2026-11-20T08:00". */
export function fromLocalInput(text, tz) {
  const wanted = Date.parse(`${text.slice(0, 16)}Z`);
  let instant = wanted;
  // Twice, because the first guess may lie on the other side of a clock change.
  for (let pass = 0; pass < 2; pass += 1) {
    const shown = Date.parse(`${localInput(new Date(instant), tz)}Z`);
    instant += wanted - shown;
  }
  return new Date(instant);
}

/** The next moment when the zone's clocks show this full hour. */
export function nextHour(now, tz, hour) {
  const at = (date) => fromLocalInput(`${isoDay(date, tz)}T${String(hour).padStart(2, "0")}:00`, tz);
  const today = at(now);
  return today > now ? today : at(new Date(now.getTime() + 24 * 3600 * 1000));
}

export const longDay = (date, tz) =>
  format(date, tz, { weekday: "long", month: "long", day: "numeric", year: "numeric" });

export const shortDay = (date, tz) =>
  format(date, tz, { weekday: "short", month: "short", day: "numeric" });

export const zoneName = (date, tz) =>
  format(date, tz, { timeZoneName: "short" }).split(", ").pop();

/** "Today", "Yesterday", "Tomorrow" or null. */
export function nearDay(date, now, tz) {
  const days = (Date.parse(isoDay(date, tz)) - Date.parse(isoDay(now, tz))) / 86400000;
  return { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" }[days] ?? null;
}

const ordinal = (day) => {
  const tail = day % 100 > 10 && day % 100 < 14 ? 0 : day % 10;
  return `${day}${["th", "st", "nd", "rd"][tail] ?? "th"}`;
};

function writtenDay(date, tz, month, weekday) {
  const day = ordinal(Number(format(date, tz, { day: "numeric" })));
  const name = weekday ? `${format(date, tz, { weekday: "long" })}, ` : "";
  return `${name}${format(date, tz, { month })} ${day}, ${format(date, tz, { year: "numeric" })}`;
}

const SPELLED = {
  date_num: (date, tz) => isoDay(date, tz),
  date: (date, tz) => writtenDay(date, tz, "long", false),
  date_short: (date, tz) => format(date, tz, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (date, tz) => writtenDay(date, tz, "long", true),
  time: clockTime,
  time_secs: (date, tz) =>
    format(date, tz, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
};

function ago(date, now) {
  const minutes = Math.round((now - date) / 60000);
  const size = Math.abs(minutes);
  const [count, unit] =
    size < 60 ? [size, "minute"] : size < 2880 ? [Math.round(size / 60), "hour"] : [Math.round(size / 1440), "day"];
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return minutes >= 0 ? `${words} ago` : `in ${words}`;
}

/** Fills "{date_short_pretty} at {time}" for a reader in the zone. */
export function spellDate(seconds, pattern, { now, tz }) {
  const date = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token, offset) => {
    if (token === "ago") return ago(date, now);
    const plain = token.replace("_pretty", "");
    const near = plain === token ? null : nearDay(date, now, tz);
    // Slack writes "today" small in the middle of a text.
    if (near) return offset > 0 ? near.toLowerCase() : near;
    return SPELLED[plain]?.(date, tz) ?? whole;
  });
}
