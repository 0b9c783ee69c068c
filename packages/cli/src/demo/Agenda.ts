/** The agenda of the demo's year: what is to be done at which minute of which day. */
import { DAY_MS, type Instant } from "@stockbook/core";
import { wallClock } from "../import/WallTime.js";
import type { Act } from "./Acts.js";
import { isOpen } from "./Rules.js";
import { TIME_ZONE } from "./Shop.js";

const YEAR = 2025;
const DAYS = 365;
const MINUTE_MS = 60_000;

export const HOUR = 60;

/** Something to do at a minute of the day. */
export interface Task {
  readonly minute: number;
  readonly run: () => Act | undefined;
}

export class Agenda {
  private readonly later = new Map<number, Task[]>();
  private today: Task[] = [];
  private readonly instantOf = wallClock(TIME_ZONE);
  private day = 0;
  private minute = 0;

  /** The day it is, at midnight UTC. */
  get date(): Date {
    return dateOf(this.day);
  }

  /** The moment it is. */
  get now(): Instant {
    return this.instantOf(this.date.getTime() + this.minute * MINUTE_MS);
  }

  /** Plans a task for so many days from today. */
  plan(days: number, task: Task): void {
    if (days === 0) {
      this.today.push(task);
      this.today.sort(byMinute);
      return;
    }
    const day = this.day + days;
    const tasks = this.later.get(day);
    if (tasks === undefined) this.later.set(day, [task]);
    else tasks.push(task);
  }

  /** So many days from today, or more where the shops are closed then. */
  untilOpenDay(days: number): number {
    let open = days;
    while (!isOpen(dateOf(this.day + open))) open++;
    return open;
  }

  /** Goes through the year; `tasksOf` brings what each day has of its own. */
  *through(tasksOf: () => readonly Task[]): Iterable<Act> {
    for (this.day = 0; this.day < DAYS; this.day++) {
      this.minute = 0;
      const planned = this.later.get(this.day) ?? [];
      this.later.delete(this.day);
      this.today = planned;
      this.today.push(...tasksOf());
      this.today.sort(byMinute);
      for (let task = this.today.shift(); task !== undefined; task = this.today.shift()) {
        this.minute = task.minute;
        const act = task.run();
        if (act !== undefined) yield act;
      }
    }
  }
}

function byMinute(a: Task, b: Task): number {
  return a.minute - b.minute;
}

function dateOf(day: number): Date {
  return new Date(Date.UTC(YEAR, 0, 1) + day * DAY_MS);
}
