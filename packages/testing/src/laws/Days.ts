import { type Calendar, calendarOf, firstDayOfMonth, formatDay, monthOfDay } from "@stockbook/core";
import fc from "fast-check";
import { historyArbitrary } from "../Arbitraries.js";
import { law, must, mustEqual } from "../Law.js";
import { Model } from "../Model.js";
import { daysOf, localDate } from "../ModelDays.js";
import { runHistory } from "../Runner.js";
import { storyOf } from "../Story.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A quarter past the hour, half an hour, a day skipped, clocks that change: one zone for each. */
export const DAY_ZONES = [
  "UTC",
  "Asia/Kathmandu",
  "America/New_York",
  "Pacific/Kiritimati",
  "Pacific/Apia",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "America/Havana",
  "Europe/London",
] as const;

/** Moments at which a clock somewhere changes, or a day is skipped. */
const TURNS = [
  Date.UTC(2024, 2, 10, 7),
  Date.UTC(2024, 10, 3, 6),
  Date.UTC(2024, 2, 31, 1),
  Date.UTC(2024, 9, 27, 1),
  Date.UTC(1994, 11, 31, 10),
  Date.UTC(2011, 11, 30, 10),
  Date.UTC(2010, 10, 7, 2, 31),
  Date.UTC(2010, 2, 14, 3, 31),
  Date.UTC(2024, 10, 3, 5),
  Date.UTC(1985, 11, 31, 18, 30),
];

const zone = fc.constantFrom(...DAY_ZONES);

const instant = fc.oneof(
  fc
    .record({ turn: fc.constantFrom(...TURNS), off: fc.integer({ min: -2 * DAY, max: 2 * DAY }) })
    .map(({ turn, off }) => turn + off),
  fc
    .record({ turn: fc.constantFrom(...TURNS), off: fc.integer({ min: -180, max: 180 }) })
    .map(({ turn, off }) => turn + off * 60_000),
  fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) }),
);

const calendars = new Map<string, Calendar>();

function calendarIn(timeZone: string): Calendar {
  const known = calendars.get(timeZone) ?? calendarOf(timeZone);
  calendars.set(timeZone, known);
  return known;
}

/** Days follow on one another without gap or overlap, in any zone, across clock changes. */
export const calendarDays = law({
  name: "calendar days",
  says: "every instant lies in just one local day, and a later instant never in an earlier day",
  cases: fc.record({ zone, instant, later: fc.integer({ min: 0, max: 26 * HOUR }) }),
  check: ({ zone: timeZone, instant: at, later }) => {
    const calendar = calendarIn(timeZone);
    const { day, month, hour } = calendar.positionOf(at);
    const [start, end] = [calendar.startOfDay(day), calendar.startOfDay(day + 1)];
    must(start <= at && at < end, () => `day ${formatDay(day)} runs from ${start} to ${end}`);
    must(
      calendar.positionOf(at + later).day >= day,
      () => `${later} ms later it is an earlier day`,
    );
    mustEqual(calendar.positionOf(start).day, day, "the day its first instant is in");
    must(calendar.positionOf(start - 1).day < day, () => "the instant before is in the same day");
    mustEqual(month, monthOfDay(day), "the month");
    must(firstDayOfMonth(month) <= day && day < firstDayOfMonth(month + 1), () => "another month");
    mustEqual(formatDay(day).slice(0, 7), monthText(month), "the month in words");
    mustEqual(hour, Math.floor(at / HOUR), "the hour");
    if (timeZone !== "America/St_Johns") mustEqual(formatDay(day), localDate(at, timeZone), "date");
  },
  tell: ({ zone: timeZone, instant: at, later }) =>
    `${timeZone} ${at} = ${new Date(at).toISOString()}, ${later} ms later`,
});

function monthText(month: number): string {
  return `${1970 + Math.floor(month / 12)}-${String((((month % 12) + 12) % 12) + 1).padStart(2, "0")}`;
}

/** Opening + in − out = closing, and each closing is the next opening. */
export const days = law({
  name: "days",
  says: "opening + in − out = closing, and each day's closing is the next day's opening",
  cases: fc.record({ history: historyArbitrary(), zone }),
  check: ({ history, zone: timeZone }) => {
    const model = new Model(runHistory(history).book.entries);
    const calendar = calendarIn(timeZone);
    for (const { item, location } of model.places) {
      const rows = model.card(item, location);
      let closing = 0;
      for (const modelDay of daysOf(model, item, location, timeZone)) {
        const day = Date.parse(modelDay.date) / DAY;
        const own = rows.filter(({ occurredAt }) => calendar.positionOf(occurredAt).day === day);
        const [came, went] = [total(own, "in"), total(own, "out")];
        mustEqual([came, went], [modelDay.in, modelDay.out], `in and out on ${modelDay.date}`);
        mustEqual(closing, modelDay.opening, `the opening of ${modelDay.date}`);
        closing += came - went;
        const end = calendar.startOfDay(day + 1) - 1;
        mustEqual(closing, heldAt(model, item, location, end), `the closing of ${modelDay.date}`);
      }
    }
  },
  tell: ({ history, zone: timeZone }) => `${timeZone}\n${storyOf(history)}`,
});

function heldAt(model: Model, item: string, location: string, at: number): number {
  return model.moves
    .filter((move) => move.item === item && move.location === location && move.occurredAt <= at)
    .reduce((sum, move) => sum + move.quantity, 0);
}

function total(rows: readonly { in: number; out: number }[], side: "in" | "out"): number {
  return rows.reduce((sum, row) => sum + row[side], 0);
}
