// The short codes that messages use most. An unknown one stays as it was typed.

const EMOJI = {
  alarm_clock: "⏰", arrow_left: "⬅️", arrow_right: "➡️", arrows_counterclockwise: "🔄", ballot_box_with_check: "☑️",
  bell: "🔔", blue_circle: "🔵", blush: "😊", bookmark: "🔖", bulb: "💡", busts_in_silhouette: "👥", calendar: "📅",
  clap: "👏", clipboard: "📋", clock1: "🕐", clock8: "🕗", closed_lock_with_key: "🔐", date: "📅", email: "📧", envelope: "✉️",
  exclamation: "❗", eyes: "👀", fire: "🔥", globe_with_meridians: "🌐", gear: "⚙️", green_circle: "🟢", grey_question: "❔",
  hammer_and_wrench: "🛠️", hand: "✋", heart: "❤️", heavy_check_mark: "✔️", heavy_plus_sign: "➕",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", information_source: "ℹ️", inbox_tray: "📥", key: "🔑",
  large_blue_circle: "🔵", large_green_circle: "🟢", large_orange_circle: "🟠", large_red_circle: "🔴", large_yellow_circle: "🟡",
  link: "🔗", lock: "🔒", mag: "🔍", mailbox: "📫", memo: "📝", no_entry: "⛔", no_entry_sign: "🚫", "100": "💯",
  notebook: "📓", ok: "🆗", ok_hand: "👌", outbox_tray: "📤", package: "📦", page_facing_up: "📄", paperclip: "📎", pencil: "✏️", pencil2: "✏️",
  phone: "☎️", pray: "🙏", pushpin: "📌", question: "❓", raised_hands: "🙌", red_circle: "🔴", repeat: "🔁", rocket: "🚀",
  rotating_light: "🚨", scroll: "📜", slightly_smiling_face: "🙂", smile: "😄", snooze: "💤", sparkles: "✨", star: "⭐", stopwatch: "⏱️", sunrise: "🌅",
  tada: "🎉", telephone: "☎️", telephone_receiver: "📞", thinking_face: "🤔", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎",
  unlock: "🔓", warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪", wrench: "🔧", writing_hand: "✍️",
  x: "❌", yellow_circle: "🟡", zzz: "💤",
};

/** The character for a short code without its colons, or null. */
export const emoji = (name) => EMOJI[name] ?? null;

/** Replaces short codes in a plain text. */
export const withEmoji = (text) =>
  text.replace(/:([a-z0-9_+-]+):/g, (code, name) => emoji(name) ?? code);
