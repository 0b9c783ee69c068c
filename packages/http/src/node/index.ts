export * from "./Listen.js";
