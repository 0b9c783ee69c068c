/** In which form a server tells what it answers. */
export const LOG_FORMS = ["json", "text", "off"] as const;
export type LogForm = (typeof LOG_FORMS)[number];
