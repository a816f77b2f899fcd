// The clock of the sandbox's page: zones, clock changes, and Slack's date tokens.

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromLocalInput, localInput, nearDay, nextHour, spellDate } from "../../../slack_sandbox/page/js/time.js";

const ZONES = ["America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Pacific/Auckland", "UTC"];

test("what the clocks show is found again, on every day of a year", () => {
  for (const tz of ZONES) {
    for (let day = 0; day < 366; day += 1) {
      const moment = new Date(Date.UTC(2027, 0, 1 + day, 19, 30));
      assert.equal(fromLocalInput(localInput(moment, tz), tz).getTime(), moment.getTime(), `${tz} ${moment.toISOString()}`);
    }
  }
});

test("the next full hour lies ahead, within a day and an hour", () => {
  for (const tz of ZONES) {
    for (let day = 0; day < 366; day += 7) {
      const now = new Date(Date.UTC(2027, 0, 1 + day, 17, 11));
      const ahead = nextHour(now, tz, 9) - now;
      assert.ok(ahead > 0 && ahead <= 25 * 3600 * 1000, `${tz} ${now.toISOString()} ${ahead}`);
    }
  }
});

test("a day is near in the reader's zone, not in UTC", () => {
  const now = new Date("2026-11-20T02:00:00Z");
  assert.equal(nearDay(new Date("2026-11-20T09:00:00Z"), now, "America/Los_Angeles"), "Tomorrow");
  assert.equal(nearDay(new Date("2026-11-20T09:00:00Z"), now, "Europe/London"), "Today");
  assert.equal(nearDay(new Date("2026-11-25T09:00:00Z"), now, "UTC"), null);
});

const NOON = 1795176000; // 2026-11-20T12:00:00Z
const SPELLED = [
  ["{date}", "November 20th, 2026"],
  ["{date_short}", "Nov 20, 2026"],
  ["{date_long}", "Friday, November 20th, 2026"],
  ["{date_short_pretty} at {time}", "Today at 12:00 PM"],
  ["on {date_pretty}", "on today"],
  ["{time_secs}", "12:00:00 PM"],
  ["{ago}", "3 hours ago"],
  ["{nothing}", "{nothing}"],
];

for (const [pattern, wanted] of SPELLED) {
  test(`the token ${pattern}`, () => {
    const now = new Date((NOON + 3 * 3600) * 1000);
    assert.equal(spellDate(NOON, pattern, { now, tz: "UTC" }), wanted);
  });
}
