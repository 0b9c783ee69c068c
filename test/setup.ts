/** Properties without a seed of their own go by that of the run, so that it can be run again. */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.STOCKBOOK_SEED) });
