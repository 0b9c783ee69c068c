import { type Calendar, calendarOf, firstDayOfMonth, formatDay, monthOfDay } from "@stockbook/core";
import fc from "fast-check";
import { historyArbitrary } from "../Arbitraries.js";
import { law, must, mustEqual } from "../Law.js";
import { Model } from "../Model.js";
import { daysOf, localDate } from "../ModelDays.js";
import { runHistory } from "../Runner.js";
import { storyOf } from "../Story.js";
import { exactSum } from "../Sum.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Moments at which clocks change, by their zone: an hour or half of one, forwards and back, at
 * night and at midnight, a minute past it; a quarter of an hour for good; a whole day skipped.
 */
const TURNS: Readonly<Record<string, readonly number[]>> = {
  UTC: [Date.UTC(2024, 11, 31)],
  "Asia/Kathmandu": [Date.UTC(1985, 11, 31, 18, 30)],
  "America/New_York": [Date.UTC(2024, 2, 10, 7), Date.UTC(2024, 10, 3, 6)],
  "Pacific/Kiritimati": [Date.UTC(1994, 11, 31, 10)],
  "Pacific/Apia": [Date.UTC(2011, 11, 30, 10)],
  "Australia/Lord_Howe": [Date.UTC(2024, 3, 6, 15), Date.UTC(2024, 9, 5, 15, 30)],
  "America/St_Johns": [Date.UTC(2010, 2, 14, 3, 31), Date.UTC(2010, 10, 7, 2, 31)],
  "America/Havana": [Date.UTC(2024, 2, 10, 5), Date.UTC(2024, 10, 3, 5)],
  "Europe/London": [Date.UTC(2024, 2, 31, 1), Date.UTC(2024, 9, 27, 1)],
};

/** Zones with clocks of every kind. */
const DAY_ZONES = Object.keys(TURNS);

const zone = fc.constantFrom(...DAY_ZONES);

/** An instant, often near one at which the zone's clocks change. */
const moment = zone.chain((timeZone) => {
  const turn = fc.constantFrom(...(TURNS[timeZone] ?? []));
  const near = (most: number, unit: number) =>
    fc
      .record({ turn, off: fc.integer({ min: -most, max: most }) })
      .map(({ turn: at, off }) => at + off * unit);
  const at = fc.oneof(
    near(180, 60_000),
    near(5_000, 1),
    near(2 * DAY, 1),
    fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) }),
  );
  return fc.record({ zone: fc.constant(timeZone), instant: at });
});

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
  cases: fc.record({ moment, later: fc.integer({ min: 0, max: 26 * HOUR }) }),
  check: ({ moment: { zone: timeZone, instant: at }, later }) => {
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
    if (!isNearTurn(timeZone, at)) mustEqual(formatDay(day), localDate(at, timeZone), "the date");
  },
  tell: ({ moment: { zone: timeZone, instant: at }, later }) =>
    `${timeZone} ${at} = ${new Date(at).toISOString()}, ${later} ms later`,
});

// A minute past midnight in Newfoundland, a date is shown that is then taken back.
function isNearTurn(timeZone: string, at: number): boolean {
  const turns = timeZone === "America/St_Johns" ? (TURNS[timeZone] ?? []) : [];
  return turns.some((turn) => Math.abs(at - turn) < HOUR);
}

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
  const past = model.moves.filter((move) => {
    return move.item === item && move.location === location && move.occurredAt <= at;
  });
  return exactSum(past.map(({ quantity }) => quantity));
}

function total(rows: readonly { in: number; out: number }[], side: "in" | "out"): number {
  return exactSum(rows.map((row) => row[side]));
}
