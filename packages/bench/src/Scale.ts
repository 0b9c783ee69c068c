/** How much a run does. The budgets speak of the default and the long one. */
export interface Scale {
  /** Items the spread movements go to. */
  readonly items: number;
  /** How long one measurement takes. */
  readonly sampleMs: number;
  /** Movements in one batch. */
  readonly batch: number;
  /** Callers that submit at the same time. */
  readonly callers: number;
  readonly growth: {
    readonly early: number;
    readonly late: number;
    /** Batches in one measurement. */
    readonly batches: number;
  };
  readonly asOf: {
    readonly few: number;
    readonly many: number;
    /** Items of the spread history. */
    readonly items: number;
    /** Questions in one measurement. */
    readonly questions: number;
  };
  readonly nodes: {
    readonly few: number;
    readonly many: number;
    readonly items: number;
    /** Shelves and what they stand in, but for the aisles. */
    readonly locations: number;
    /** Questions in one measurement. */
    readonly questions: number;
  };
  readonly reports: {
    readonly few: number;
    readonly many: number;
    readonly items: number;
    readonly locations: number;
    /** Pages in one measurement. */
    readonly questions: number;
  };
  readonly webhooks: {
    /** In one measurement. */
    readonly events: number;
    /** One of them is dead. */
    readonly endpoints: number;
  };
}

export const DEFAULT_SCALE: Scale = {
  items: 10_000,
  sampleMs: 600,
  batch: 1_000,
  callers: 256,
  growth: { early: 300_000, late: 1_000_000, batches: 20 },
  asOf: { few: 1_000, many: 1_000_000, items: 1_000, questions: 1_000 },
  nodes: { few: 1_000, many: 1_000_000, items: 10_000, locations: 500, questions: 200 },
  reports: { few: 1_000, many: 1_000_000, items: 10_000, locations: 500, questions: 100 },
  webhooks: { events: 500, endpoints: 20 },
};

/** Minutes long: to the eight million movements of the budget. */
export const LONG_SCALE: Scale = {
  ...DEFAULT_SCALE,
  growth: { ...DEFAULT_SCALE.growth, late: 8_000_000 },
  webhooks: { ...DEFAULT_SCALE.webhooks, events: 10_000 },
};

/** As little as there can be, to see that everything runs. Its figures say nothing. */
export const SMOKE_SCALE: Scale = {
  items: 20,
  sampleMs: 1,
  batch: 10,
  callers: 4,
  growth: { early: 100, late: 200, batches: 2 },
  asOf: { few: 20, many: 200, items: 10, questions: 10 },
  nodes: { few: 20, many: 200, items: 20, locations: 30, questions: 10 },
  reports: { few: 20, many: 200, items: 10, locations: 3, questions: 10 },
  webhooks: { events: 3, endpoints: 3 },
};
