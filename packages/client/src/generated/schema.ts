// Generated from the contract by `npm run generate -w packages/client`.

export interface paths {
    readonly "/v1/items": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All items, or those that match */
        readonly get: operations["items.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/items/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One item */
        readonly get: operations["items.get"];
        /**
         * Create or change an item
         * @description Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
         */
        readonly put: operations["items.put"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/categories": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All categories */
        readonly get: operations["categories.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/categories/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One category */
        readonly get: operations["categories.get"];
        /**
         * Create or change a category
         * @description Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
         */
        readonly put: operations["categories.put"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/manufacturers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All manufacturers */
        readonly get: operations["manufacturers.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/manufacturers/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One manufacturer */
        readonly get: operations["manufacturers.get"];
        /**
         * Create or change a manufacturer
         * @description Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
         */
        readonly put: operations["manufacturers.put"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/locations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All locations; each names its parent */
        readonly get: operations["locations.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/locations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One location */
        readonly get: operations["locations.get"];
        /**
         * Create or change a location; a new parent moves it
         * @description Creates it, or changes the fields that are given. `If-Match` with an ETag changes only what has not been changed since; `If-None-Match: *` only creates.
         */
        readonly put: operations["locations.put"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/movements": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Move stock: receive, issue, transfer, adjust, reverse …
         * @description All lines together or nothing. `occurredAt` may lie in the past; the movement is then judged on every later moment, too.
         */
        readonly post: operations["movements.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/counts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Book what was counted */
        readonly post: operations["movements.count"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/batches": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Up to 1,000 commands in one request */
        readonly post: operations["movements.batch"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** What commands would come to, one after another; changes nothing */
        readonly post: operations["movements.preview"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What there is, or was at a moment
         * @description With `at`: what had happened up to that moment, lots together; with `sequence` or `recordedAt` besides: as the book stood then.
         */
        readonly get: operations["stock.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stock/card": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to one item at one location */
        readonly get: operations["stock.card"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/valuation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What the stock on hand is worth */
        readonly get: operations["stock.valuation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Open reservations */
        readonly get: operations["reservations.list"];
        readonly put?: never;
        /** Reserve stock for somebody */
        readonly post: operations["reservations.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/{sequence}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One open reservation */
        readonly get: operations["reservations.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/{sequence}/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Give what is reserved, or part of it, free again */
        readonly post: operations["reservations.release"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reservations/{sequence}/fulfil": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Hand over what is reserved, or part of it */
        readonly post: operations["reservations.fulfil"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shipments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What is in transit between locations */
        readonly get: operations["shipments.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shipments/{sequence}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One shipment in transit */
        readonly get: operations["shipments.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/thresholds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Threshold rules, and how the stock stands against them */
        readonly get: operations["thresholds.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/low-stock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What is below its minimum */
        readonly get: operations["thresholds.low"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/items/{item}/thresholds/{location}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Set the threshold of an item at a location and all below it */
        readonly put: operations["thresholds.put"];
        readonly post?: never;
        /** Remove a threshold */
        readonly delete: operations["thresholds.remove"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/replenishment-plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What to order, and why */
        readonly get: operations["thresholds.plan"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Movements with their lines, the latest first */
        readonly get: operations["transactions.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions/statistics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What movements came to, by kind */
        readonly get: operations["transactions.statistics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/transactions/{sequence}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One movement with its lines */
        readonly get: operations["transactions.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Everything that happened after a sequence, in order
         * @description Gapless. Go on with `after` of the answer; at the end it gives an empty page, and later what has happened since.
         */
        readonly get: operations["events.list"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/organisation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The organisation the key belongs to */
        readonly get: operations["organisations.own"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/organisations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All organisations, for the operator of the server */
        readonly get: operations["organisations.list"];
        readonly put?: never;
        /** Make an organisation, with a live and a test ledger */
        readonly post: operations["organisations.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/organisations/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One organisation, for the operator of the server */
        readonly get: operations["organisations.get"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Change the name, the plan or the options of an organisation */
        readonly patch: operations["organisations.change"];
        readonly trace?: never;
    };
    readonly "/v1/keys": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All keys of the organisation */
        readonly get: operations["keys.list"];
        readonly put?: never;
        /** Make a key; its secret is shown once */
        readonly post: operations["keys.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/keys/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One key */
        readonly get: operations["keys.get"];
        readonly put?: never;
        readonly post?: never;
        /** Revoke a key, at once and for ever */
        readonly delete: operations["keys.revoke"];
        readonly options?: never;
        readonly head?: never;
        /** Change a key's name, rights or state */
        readonly patch: operations["keys.change"];
        readonly trace?: never;
    };
    readonly "/v1/keys/{id}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A new key with the same rights; the old one ends a little later */
        readonly post: operations["keys.rotate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All endpoints of the ledger */
        readonly get: operations["webhooks.list"];
        readonly put?: never;
        /**
         * Make an endpoint; its secret is shown once
         * @description It is told of what happens from now on in the ledger that the key opens. An organisation has 20 endpoints in each ledger at most.
         */
        readonly post: operations["webhooks.create"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One endpoint */
        readonly get: operations["webhooks.get"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Remove an endpoint with all its deliveries
         * @description Answers with the endpoint as it was.
         */
        readonly delete: operations["webhooks.remove"];
        readonly options?: never;
        readonly head?: never;
        /** Change an endpoint, or switch it on or off */
        readonly patch: operations["webhooks.change"];
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A new secret; the old one signs along for a while */
        readonly post: operations["webhooks.rotate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send a message that says it is a test */
        readonly post: operations["webhooks.test"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/recover": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send again all that failed in a range of time */
        readonly post: operations["webhooks.recover"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What was sent to an endpoint, the latest first */
        readonly get: operations["webhooks.deliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/deliveries/{message}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One delivery with its body and every attempt */
        readonly get: operations["webhooks.delivery"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/webhooks/{id}/deliveries/{message}/resend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Send the same message once more, whatever became of it */
        readonly post: operations["webhooks.resend"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The process runs */
        readonly get: operations["system.live"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/health/ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The store can be read, and the server is not stopping */
        readonly get: operations["system.ready"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface webhooks {
    readonly "ledger.opened": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The ledger was opened */
        readonly post: operations["webhook.ledger.opened"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "stock.moved": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stock was moved, reserved, counted or corrected */
        readonly post: operations["webhook.stock.moved"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "stock.depleted": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stock fell below the minimum of its threshold */
        readonly post: operations["webhook.stock.depleted"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "stock.replenished": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Stock is back at or above the minimum of its threshold */
        readonly post: operations["webhook.stock.replenished"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "item.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** An item was made or changed */
        readonly post: operations["webhook.item.changed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "category.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A category was made or changed */
        readonly post: operations["webhook.category.changed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "manufacturer.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A manufacturer was made or changed */
        readonly post: operations["webhook.manufacturer.changed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "location.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A location was made or changed */
        readonly post: operations["webhook.location.changed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "threshold.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A threshold was set */
        readonly post: operations["webhook.threshold.changed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "threshold.removed": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A threshold was removed */
        readonly post: operations["webhook.threshold.removed"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "command.refused": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A command of an import was refused */
        readonly post: operations["webhook.command.refused"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "webhook.test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A test that the owner of the endpoint has asked for */
        readonly post: operations["webhook.webhook.test"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export interface components {
    schemas: {
        readonly MovementCommand: components["schemas"]["Receive"] | components["schemas"]["GoodsIssue"] | components["schemas"]["Transfer"] | components["schemas"]["Dispatch"] | components["schemas"]["Arrive"] | components["schemas"]["Adjust"] | components["schemas"]["Hold"] | components["schemas"]["Unhold"] | components["schemas"]["Reverse"];
        /** @description Goods come in. */
        readonly Receive: {
            /** @enum {string} */
            readonly type: "receive";
            readonly location: components["schemas"]["Id"];
            /** @enum {string} */
            readonly from?: "supplier" | "customer";
            readonly lines: readonly components["schemas"]["CostLine"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description Chosen by its owner: 1 to 100 printable characters, not beginning with @. */
        readonly Id: string;
        /** @description A line that may say what it cost: for one unit, or (`cost`) for the whole line. */
        readonly CostLine: {
            readonly item: components["schemas"]["Id"];
            readonly quantity: components["schemas"]["QuantityInput"];
            readonly lot?: string;
            readonly unitCost?: components["schemas"]["Amount"];
            readonly cost?: components["schemas"]["Amount"];
        };
        readonly QuantityInput: number | string;
        /** @description Whole minor units of a currency, such as cents. */
        readonly Amount: number;
        /** Format: date-time */
        readonly Moment: string;
        /** @description Goods go out. */
        readonly GoodsIssue: {
            /** @enum {string} */
            readonly type: "issue";
            readonly location: components["schemas"]["Id"];
            /** @enum {string} */
            readonly to?: "customer" | "supplier";
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Line: {
            readonly item: components["schemas"]["Id"];
            readonly quantity: components["schemas"]["QuantityInput"];
            readonly lot?: string;
        };
        /** @description Goods change their place at once. */
        readonly Transfer: {
            /** @enum {string} */
            readonly type: "transfer";
            readonly from: components["schemas"]["Id"];
            readonly to: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description Goods leave for another place and are in transit until they arrive. */
        readonly Dispatch: {
            /** @enum {string} */
            readonly type: "dispatch";
            readonly from: components["schemas"]["Id"];
            readonly to: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description A shipment, or part of it, arrives. */
        readonly Arrive: {
            /** @enum {string} */
            readonly type: "arrive";
            readonly shipment: components["schemas"]["Sequence"];
            readonly lines?: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description Position in the ledger's one gapless sequence. */
        readonly Sequence: number;
        /** @description Goods are found (above 0) or lost (below 0). */
        readonly Adjust: {
            /** @enum {string} */
            readonly type: "adjust";
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["CostLine"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description Goods are set aside as unavailable. */
        readonly Hold: {
            /** @enum {string} */
            readonly type: "hold";
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description Unavailable goods become available again. */
        readonly Unhold: {
            /** @enum {string} */
            readonly type: "unhold";
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description The exact opposite of an earlier movement. */
        readonly Reverse: {
            /** @enum {string} */
            readonly type: "reverse";
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Problem: {
            /** @description `urn:stockbook:problem:` and the code. */
            readonly type: string;
            readonly title: string;
            readonly status: components["schemas"]["Int"];
            /** @description What is wrong, and what would be right. */
            readonly detail: string;
            /**
             * @description Stable; for programs.
             * @enum {string}
             */
            readonly code: "malformed-request" | "invalid-parameter" | "unauthorized" | "missing-scope" | "address-refused" | "not-found" | "unknown-route" | "method-not-allowed" | "not-acceptable" | "conflict" | "rejected" | "precondition-failed" | "body-too-large" | "unsupported-media-type" | "invalid-body" | "idempotency-conflict" | "precondition-required" | "rate-limited" | "fault" | "not-configured" | "busy" | "unavailable" | "outcome-unknown";
            /** @description Name it when you ask for help. */
            readonly requestId: string;
            readonly errors?: readonly {
                /** @enum {string} */
                readonly in: "body" | "query" | "path" | "header";
                /** @description A JSON Pointer, or a name. */
                readonly pointer: string;
                readonly detail: string;
            }[];
            readonly rejection?: components["schemas"]["Rejection"];
            /** @description Index of the command at fault in a batch. */
            readonly command?: number;
            readonly requiredScopes?: readonly string[];
        };
        /** @description an integer */
        readonly Int: number;
        /** @description Why the ledger's rules refuse a command. */
        readonly Rejection: {
            /** @enum {string} */
            readonly code: "idempotency-conflict" | "changed-since" | "invalid-field" | "occurred-in-future" | "unknown-location" | "archived-location" | "same-location" | "unknown-reservation" | "unknown-shipment" | "unknown-entry" | "not-reversible" | "already-reversed" | "unknown-item" | "archived-item" | "invalid-quantity" | "too-many-decimals" | "quantity-too-large" | "not-in-reservation" | "not-in-shipment" | "expectation-failed" | "insufficient-stock" | "balance-too-large" | "duplicate-sku" | "unknown-parent" | "circular-parent" | "unknown-category" | "unknown-manufacturer" | "fixed-once-moved" | "in-use" | "unknown-threshold";
            readonly message: string;
            readonly line?: components["schemas"]["Int"];
            readonly field?: string;
            readonly item?: string;
            readonly location?: string;
            readonly lot?: string;
            readonly bucket?: components["schemas"]["Bucket"];
            readonly wanted?: components["schemas"]["Quantity"];
            readonly available?: components["schemas"]["Quantity"];
            readonly sequence?: components["schemas"]["Int"];
            readonly at?: components["schemas"]["Moment"];
            readonly given?: string;
            readonly expected?: string;
        };
        /** @enum {string} */
        readonly Bucket: "available" | "reserved" | "unavailable";
        /** @description A decimal in the item's unit. */
        readonly Quantity: number;
        readonly StockMovedWebhook: {
            /** @enum {string} */
            readonly type: "stock.moved";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Transaction"];
        };
        readonly Transaction: {
            readonly sequence: components["schemas"]["Sequence"];
            readonly kind: components["schemas"]["MovementKind"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly reference: string | null;
            readonly note: string | null;
            readonly reason: string | null;
            readonly actor: string | null;
            readonly reservation: components["schemas"]["Sequence"] | null;
            readonly shipment: components["schemas"]["Sequence"] | null;
            readonly reverses: components["schemas"]["Sequence"] | null;
            readonly lines: readonly components["schemas"]["TransactionLine"][];
        };
        /** @enum {string} */
        readonly MovementKind: "receive" | "issue" | "transfer" | "dispatch" | "arrive" | "adjust" | "count" | "reserve" | "release" | "fulfil" | "hold" | "unhold" | "reverse";
        /** @description Locations that begin with @ stand for the world outside. */
        readonly TransactionLine: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly name: string;
            readonly lot: string | null;
            readonly from: string;
            readonly fromBucket: components["schemas"]["Bucket"];
            readonly to: string;
            readonly toBucket: components["schemas"]["Bucket"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly value: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
        };
        readonly Currency: string;
        readonly StockCrossedWebhook: {
            /** @enum {string} */
            readonly type: "stock.depleted" | "stock.replenished";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Crossing"];
        };
        /** @description A threshold rule was crossed by the entry `cause`. */
        readonly Crossing: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly location: components["schemas"]["Id"];
            readonly previous: components["schemas"]["Quantity"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly minimum: components["schemas"]["Quantity"];
            readonly maximum: components["schemas"]["Quantity"];
            readonly replenishment: components["schemas"]["Quantity"];
            readonly cause: components["schemas"]["Sequence"];
        };
        readonly ItemChangedWebhook: {
            /** @enum {string} */
            readonly type: "item.changed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Item"];
        };
        readonly Item: {
            readonly id: components["schemas"]["Id"];
            readonly sku: components["schemas"]["Id"];
            readonly name: string;
            readonly unit: string;
            readonly precision: components["schemas"]["Int"];
            readonly currency: components["schemas"]["Currency"];
            readonly unitCost: components["schemas"]["Amount"] | null;
            readonly negativePolicy: ("deny" | "allow") | null;
            readonly category: components["schemas"]["Id"] | null;
            readonly manufacturer: components["schemas"]["Id"] | null;
            readonly attributes: components["schemas"]["Attributes"];
            readonly archived: boolean;
        };
        /** @description What its owner says of it besides, by name. */
        readonly Attributes: {
            readonly [key: string]: string | number | boolean | readonly string[];
        };
        readonly CategoryChangedWebhook: {
            /** @enum {string} */
            readonly type: "category.changed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Category"];
        };
        readonly Category: {
            readonly id: components["schemas"]["Id"];
            readonly name: string;
            readonly parent: components["schemas"]["Id"] | null;
        };
        readonly ManufacturerChangedWebhook: {
            /** @enum {string} */
            readonly type: "manufacturer.changed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Manufacturer"];
        };
        readonly Manufacturer: {
            readonly id: components["schemas"]["Id"];
            readonly name: string;
        };
        readonly LocationChangedWebhook: {
            /** @enum {string} */
            readonly type: "location.changed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Location"];
        };
        readonly Location: {
            readonly id: components["schemas"]["Id"];
            readonly name: string;
            readonly code: string | null;
            readonly kind: string;
            readonly parent: components["schemas"]["Id"] | null;
            readonly attributes: components["schemas"]["Attributes"];
            readonly archived: boolean;
        };
        readonly ThresholdChangedWebhook: {
            /** @enum {string} */
            readonly type: "threshold.changed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["ThresholdRule"];
        };
        readonly ThresholdRule: {
            readonly item: components["schemas"]["Id"];
            readonly location: components["schemas"]["Id"];
            readonly minimum: components["schemas"]["Quantity"];
            readonly maximum: components["schemas"]["Quantity"];
            readonly orderMultiple: components["schemas"]["Quantity"];
            readonly minimumOrder: components["schemas"]["Quantity"];
            readonly maximumOrder: components["schemas"]["Quantity"];
        };
        readonly ThresholdRemovedWebhook: {
            /** @enum {string} */
            readonly type: "threshold.removed";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: {
                readonly item: components["schemas"]["Id"];
                readonly location: components["schemas"]["Id"];
            };
        };
        readonly LedgerOpenedWebhook: {
            /** @enum {string} */
            readonly type: "ledger.opened";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["LedgerSettings"];
        };
        readonly LedgerSettings: {
            readonly timeZone: string;
            readonly currency: components["schemas"]["Currency"];
            /** @enum {string} */
            readonly negativePolicy: "deny" | "allow";
        };
        readonly CommandRefusedWebhook: {
            /** @enum {string} */
            readonly type: "command.refused";
            /** Format: date-time */
            readonly timestamp: string;
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly data: {
                readonly command: string;
                readonly rejection: components["schemas"]["Rejection"];
            };
        };
        /** @description Sent because its owner asked for a test; nothing has happened. */
        readonly TestWebhook: {
            /** @enum {string} */
            readonly type: "webhook.test";
            readonly data: {
                readonly message: string;
            };
        };
        /** @description Sent in the place of a body of more than 256 KiB: `GET /v1/events` has it. */
        readonly ShortenedWebhook: {
            /** @enum {string} */
            readonly type: "ledger.opened" | "stock.moved" | "stock.depleted" | "stock.replenished" | "item.changed" | "category.changed" | "manufacturer.changed" | "location.changed" | "threshold.changed" | "threshold.removed" | "command.refused";
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {boolean} */
            readonly shortened: true;
        };
        readonly ItemPage: {
            readonly rows: readonly components["schemas"]["Item"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        readonly ItemChanges: {
            readonly sku?: components["schemas"]["Id"];
            readonly name?: string;
            readonly unit?: string;
            /** @description an integer */
            readonly precision?: number;
            readonly currency?: components["schemas"]["Currency"];
            readonly unitCost?: components["schemas"]["Amount"] | null;
            readonly negativePolicy?: ("deny" | "allow") | null;
            readonly category?: components["schemas"]["Id"] | null;
            readonly manufacturer?: components["schemas"]["Id"] | null;
            readonly attributes?: components["schemas"]["AttributeChanges"];
            readonly archived?: boolean;
        };
        /** @description By name: letters, digits, `.`, `_` and `-`, at most 64, a letter first. `null` takes one away; what is not named stays. At most 50 in all. */
        readonly AttributeChanges: {
            readonly [key: string]: string | number | boolean | readonly string[] | null;
        };
        readonly CategoryList: {
            readonly rows: readonly components["schemas"]["Category"][];
        };
        readonly CategoryChanges: {
            readonly name?: string;
            readonly parent?: components["schemas"]["Id"] | null;
        };
        readonly ManufacturerList: {
            readonly rows: readonly components["schemas"]["Manufacturer"][];
        };
        readonly ManufacturerChanges: {
            readonly name?: string;
        };
        readonly LocationList: {
            readonly rows: readonly components["schemas"]["Location"][];
        };
        readonly LocationChanges: {
            readonly name?: string;
            readonly code?: string | null;
            readonly kind?: string;
            readonly parent?: components["schemas"]["Id"] | null;
            readonly attributes?: components["schemas"]["AttributeChanges"];
            readonly archived?: boolean;
        };
        /** @description The answer to a command that is done; `repeated`: it had been done before. */
        readonly Receipt: {
            /** @enum {string} */
            readonly result: "accepted" | "repeated";
            /** @description Of the first entry; also the number of the reservation or shipment that it opened. */
            readonly sequence: number;
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            /** @description What the command made happen, thresholds crossed included. */
            readonly entries: readonly {
                readonly sequence: components["schemas"]["Sequence"];
                readonly type: components["schemas"]["EventType"];
            }[];
        };
        /** @enum {string} */
        readonly EventType: "ledger.opened" | "stock.moved" | "stock.depleted" | "stock.replenished" | "item.changed" | "category.changed" | "manufacturer.changed" | "location.changed" | "threshold.changed" | "threshold.removed" | "command.refused";
        readonly CountInput: {
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["CountLine"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        /** @description What was counted, and what the book is expected to say. */
        readonly CountLine: {
            readonly item: components["schemas"]["Id"];
            readonly quantity: components["schemas"]["QuantityInput"];
            readonly lot?: string;
            readonly expected?: components["schemas"]["QuantityInput"];
        };
        readonly Batch: {
            /**
             * @description `all`: together or not at all; `each`: every command for itself.
             * @enum {string}
             */
            readonly mode: "each" | "all";
            readonly commands: readonly components["schemas"]["AnyCommand"][];
        };
        readonly AnyCommand: components["schemas"]["Receive"] | components["schemas"]["GoodsIssue"] | components["schemas"]["Transfer"] | components["schemas"]["Dispatch"] | components["schemas"]["Arrive"] | components["schemas"]["Adjust"] | components["schemas"]["Hold"] | components["schemas"]["Unhold"] | components["schemas"]["Reverse"] | components["schemas"]["Count"] | components["schemas"]["Reserve"] | components["schemas"]["Release"] | components["schemas"]["Fulfil"] | components["schemas"]["SetThreshold"] | components["schemas"]["RemoveThreshold"] | components["schemas"]["PutItem"] | components["schemas"]["PutCategory"] | components["schemas"]["PutManufacturer"] | components["schemas"]["PutLocation"];
        readonly Count: {
            /** @enum {string} */
            readonly type: "count";
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["CountLine"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Reserve: {
            /** @enum {string} */
            readonly type: "reserve";
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Release: {
            /** @enum {string} */
            readonly type: "release";
            readonly reservation: components["schemas"]["Sequence"];
            readonly lines?: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Fulfil: {
            /** @enum {string} */
            readonly type: "fulfil";
            readonly reservation: components["schemas"]["Sequence"];
            readonly lines?: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly SetThreshold: {
            /** @enum {string} */
            readonly type: "set-threshold";
            readonly item: components["schemas"]["Id"];
            readonly location: components["schemas"]["Id"];
            readonly minimum: components["schemas"]["QuantityInput"];
            readonly maximum?: components["schemas"]["QuantityInput"];
            readonly orderMultiple?: components["schemas"]["QuantityInput"];
            readonly minimumOrder?: components["schemas"]["QuantityInput"];
            readonly maximumOrder?: components["schemas"]["QuantityInput"];
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly RemoveThreshold: {
            /** @enum {string} */
            readonly type: "remove-threshold";
            readonly item: components["schemas"]["Id"];
            readonly location: components["schemas"]["Id"];
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly PutItem: {
            /** @enum {string} */
            readonly type: "put-item";
            readonly id?: components["schemas"]["Id"];
            readonly sku?: components["schemas"]["Id"];
            readonly name?: string;
            readonly unit?: string;
            /** @description an integer */
            readonly precision?: number;
            readonly currency?: components["schemas"]["Currency"];
            readonly unitCost?: components["schemas"]["Amount"] | null;
            readonly negativePolicy?: ("deny" | "allow") | null;
            readonly category?: components["schemas"]["Id"] | null;
            readonly manufacturer?: components["schemas"]["Id"] | null;
            readonly attributes?: components["schemas"]["AttributeChanges"];
            readonly archived?: boolean;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly PutCategory: {
            /** @enum {string} */
            readonly type: "put-category";
            readonly id: components["schemas"]["Id"];
            readonly name?: string;
            readonly parent?: components["schemas"]["Id"] | null;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly PutManufacturer: {
            /** @enum {string} */
            readonly type: "put-manufacturer";
            readonly id: components["schemas"]["Id"];
            readonly name?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly PutLocation: {
            /** @enum {string} */
            readonly type: "put-location";
            readonly id: components["schemas"]["Id"];
            readonly name?: string;
            readonly code?: string | null;
            readonly kind?: string;
            readonly parent?: components["schemas"]["Id"] | null;
            readonly attributes?: components["schemas"]["AttributeChanges"];
            readonly archived?: boolean;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly BatchResult: {
            readonly results: readonly (components["schemas"]["Receipt"] | components["schemas"]["Refusal"])[];
        };
        readonly Refusal: {
            /** @enum {string} */
            readonly result: "rejected";
            readonly rejection: components["schemas"]["Rejection"];
        };
        readonly Preview: {
            readonly commands: readonly components["schemas"]["AnyCommand"][];
        };
        readonly PreviewResult: {
            readonly results: readonly components["schemas"]["Receipt"][];
        };
        readonly StockPage: {
            readonly rows: readonly components["schemas"]["Stock"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        /** @description onHand = available + reserved + unavailable. */
        readonly Stock: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly name: string;
            readonly unit: string;
            readonly location: string;
            readonly lot: string | null;
            readonly onHand: components["schemas"]["Quantity"];
            readonly available: components["schemas"]["Quantity"];
            readonly reserved: components["schemas"]["Quantity"];
            readonly unavailable: components["schemas"]["Quantity"];
            readonly value: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
        };
        /** @description opening + in − out = closing. */
        readonly Card: {
            readonly item: components["schemas"]["Item"];
            readonly location: components["schemas"]["Location"];
            readonly opening: components["schemas"]["Quantity"];
            readonly openingAvailable: components["schemas"]["Quantity"];
            readonly rows: readonly components["schemas"]["CardRow"][];
            readonly closing: components["schemas"]["Quantity"];
            readonly next: string | null;
        };
        /** @description A movement of an item at a location, with what it left. */
        readonly CardRow: {
            readonly sequence: components["schemas"]["Sequence"];
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly kind: components["schemas"]["MovementKind"];
            readonly reference: string | null;
            readonly note: string | null;
            readonly in: components["schemas"]["Quantity"];
            readonly out: components["schemas"]["Quantity"];
            readonly onHand: components["schemas"]["Quantity"];
            readonly available: components["schemas"]["Quantity"];
            readonly value: components["schemas"]["Amount"];
            readonly counterpart: string;
        };
        readonly Valuation: {
            readonly rows: readonly components["schemas"]["ValuationRow"][];
            readonly next: string | null;
            /** @description Over everything that was asked for, not this page alone. */
            readonly totals: readonly components["schemas"]["Money"][];
        };
        readonly ValuationRow: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly name: string;
            readonly unit: string;
            readonly location: components["schemas"]["Id"];
            readonly onHand: components["schemas"]["Quantity"];
            readonly value: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
        };
        readonly Money: {
            readonly amount: components["schemas"]["Amount"];
            readonly currency: components["schemas"]["Currency"];
        };
        readonly CommitmentPage: {
            readonly rows: readonly components["schemas"]["Commitment"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        /** @description What is still open of a reservation or a shipment. */
        readonly Commitment: {
            readonly sequence: components["schemas"]["Sequence"];
            readonly lines: readonly {
                readonly item: components["schemas"]["Id"];
                readonly lot: string | null;
                readonly location: string;
                readonly quantity: components["schemas"]["Quantity"];
            }[];
        };
        readonly ReserveInput: {
            readonly location: components["schemas"]["Id"];
            readonly lines: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly Draw: {
            readonly lines?: readonly components["schemas"]["Line"][];
            readonly occurredAt?: components["schemas"]["Moment"];
            readonly reference?: string;
            readonly note?: string;
            /** @description Why it was done. */
            readonly reason?: string;
            /** @description Who did it. */
            readonly actor?: string;
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly ThresholdPage: {
            readonly rows: readonly components["schemas"]["Threshold"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        readonly Threshold: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly name: string;
            readonly unit: string;
            readonly location: components["schemas"]["Id"];
            readonly minimum: components["schemas"]["Quantity"];
            /** @description 0: none. */
            readonly maximum: number;
            /** @description On hand in the location and all below it. */
            readonly quantity: number;
            readonly depleted: boolean;
            readonly replenishment: components["schemas"]["Quantity"];
        };
        readonly ThresholdInput: {
            readonly minimum: components["schemas"]["QuantityInput"];
            readonly maximum?: components["schemas"]["QuantityInput"];
            readonly orderMultiple?: components["schemas"]["QuantityInput"];
            readonly minimumOrder?: components["schemas"]["QuantityInput"];
            readonly maximumOrder?: components["schemas"]["QuantityInput"];
            /** @description The same key with the same content gives the first answer again, for ever. The header `Idempotency-Key` says the same for a single command. */
            readonly idempotencyKey?: string;
        };
        readonly PlanList: {
            readonly rows: readonly components["schemas"]["PlanRow"][];
        };
        /** @description What to order, and every step that leads there. */
        readonly PlanRow: {
            readonly item: components["schemas"]["Id"];
            readonly sku: string;
            readonly name: string;
            readonly unit: string;
            readonly location: components["schemas"]["Id"];
            readonly quantity: components["schemas"]["Quantity"];
            readonly onHand: components["schemas"]["Quantity"];
            readonly incoming: components["schemas"]["Quantity"];
            readonly reserved: components["schemas"]["Quantity"];
            readonly derivation: components["schemas"]["PlanDerivation"];
        };
        readonly PlanDerivation: {
            /** @description On hand + incoming − reserved. */
            readonly position: number;
            /** @description Below this, one orders. */
            readonly trigger: number;
            /** @description Up to this, one orders. */
            readonly target: number;
            readonly need: components["schemas"]["Quantity"];
            readonly afterMinimum: components["schemas"]["Quantity"];
            readonly afterRounding: components["schemas"]["Quantity"];
            /** @description After the largest order was seen to. */
            readonly quantity: number;
            /** @enum {string} */
            readonly shortOf: "nothing" | "maximum-order" | "rounding";
        };
        readonly TransactionPage: {
            readonly rows: readonly components["schemas"]["Transaction"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        readonly TransactionStatistics: {
            readonly transactions: components["schemas"]["Int"];
            readonly lines: components["schemas"]["Int"];
            readonly kinds: readonly {
                readonly kind: components["schemas"]["MovementKind"];
                readonly transactions: components["schemas"]["Int"];
                readonly lines: components["schemas"]["Int"];
                readonly value: readonly components["schemas"]["Money"][];
            }[];
        };
        readonly EventPage: {
            readonly rows: readonly components["schemas"]["Event"][];
            /** @description Pass it as `after` to go on, now or later. */
            readonly after: number;
            /** @description Whether there is more already. */
            readonly more: boolean;
        };
        readonly Event: components["schemas"]["StockMoved"] | components["schemas"]["StockCrossed"] | components["schemas"]["ItemChanged"] | components["schemas"]["CategoryChanged"] | components["schemas"]["ManufacturerChanged"] | components["schemas"]["LocationChanged"] | components["schemas"]["ThresholdChanged"] | components["schemas"]["ThresholdRemoved"] | components["schemas"]["LedgerOpened"] | components["schemas"]["CommandRefused"];
        readonly StockMoved: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "stock.moved";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Transaction"];
        };
        readonly StockCrossed: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "stock.depleted" | "stock.replenished";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Crossing"];
        };
        readonly ItemChanged: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "item.changed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Item"];
        };
        readonly CategoryChanged: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "category.changed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Category"];
        };
        readonly ManufacturerChanged: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "manufacturer.changed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Manufacturer"];
        };
        readonly LocationChanged: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "location.changed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["Location"];
        };
        readonly ThresholdChanged: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "threshold.changed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["ThresholdRule"];
        };
        readonly ThresholdRemoved: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "threshold.removed";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: {
                readonly item: components["schemas"]["Id"];
                readonly location: components["schemas"]["Id"];
            };
        };
        readonly LedgerOpened: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "ledger.opened";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: components["schemas"]["LedgerSettings"];
        };
        readonly CommandRefused: {
            readonly sequence: components["schemas"]["Sequence"];
            /** @enum {string} */
            readonly type: "command.refused";
            readonly occurredAt: components["schemas"]["Moment"];
            readonly recordedAt: components["schemas"]["Moment"];
            readonly data: {
                readonly command: string;
                readonly rejection: components["schemas"]["Rejection"];
            };
        };
        readonly Organisation: {
            readonly id: components["schemas"]["Id"];
            readonly name: string;
            readonly createdAt: components["schemas"]["Moment"];
            readonly plan: components["schemas"]["Plan"];
            readonly settings: components["schemas"]["LedgerSettings"];
            /** @description How the APIs behave where they leave a choice, by name, such as `tictap.mode`. */
            readonly options: {
                readonly [key: string]: string;
            };
        };
        /** @description How many requests each key may make in every window. */
        readonly Plan: {
            readonly name: string;
            readonly requests: components["schemas"]["Int"];
            readonly windowMs: components["schemas"]["Int"];
        };
        readonly OrganisationList: {
            readonly rows: readonly components["schemas"]["Organisation"][];
        };
        readonly NewOrganisation: {
            readonly id: components["schemas"]["Id"];
            readonly name?: string;
            readonly plan?: components["schemas"]["Plan"];
            readonly settings?: {
                readonly timeZone?: string;
                readonly currency?: components["schemas"]["Currency"];
                /** @enum {string} */
                readonly negativePolicy?: "deny" | "allow";
            };
            /** @description How the APIs behave where they leave a choice, by name, such as `tictap.mode`. */
            readonly options?: {
                readonly [key: string]: string;
            };
        };
        readonly OrganisationChanges: {
            readonly name?: string;
            readonly plan?: components["schemas"]["Plan"];
            /** @description By name; `null` takes one away, what is not named stays. */
            readonly options?: {
                readonly [key: string]: string | null;
            };
        };
        readonly KeyList: {
            readonly rows: readonly components["schemas"]["Key"][];
        };
        /** @description A key; its secret is never shown again. */
        readonly Key: {
            readonly id: string;
            readonly organisation: components["schemas"]["Id"];
            readonly mode: components["schemas"]["Mode"];
            readonly name: string;
            /** @description How the secret begins and ends. */
            readonly hint: string;
            readonly scopes: readonly components["schemas"]["Scope"][];
            /** @description Addresses or CIDR ranges, v4 or v6; empty: from anywhere. */
            readonly allowedIps: readonly string[];
            readonly active: boolean;
            readonly createdAt: components["schemas"]["Moment"];
            readonly expiresAt: components["schemas"]["Moment"] | null;
            readonly revokedAt: components["schemas"]["Moment"] | null;
        };
        /**
         * @description Which ledger a key opens. The two never meet.
         * @enum {string}
         */
        readonly Mode: "live" | "test";
        /** @enum {string} */
        readonly Scope: "catalogue:read" | "catalogue:write" | "stock:read" | "stock:write" | "events:read" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write" | "organisation:read" | "organisation:write" | "meta.read" | "item.read" | "category.read" | "locator.read" | "stock.read" | "organisations:read" | "organisations:write";
        /** @description A new key may not do more than the key that makes it. */
        readonly NewKey: {
            readonly name: string;
            readonly mode?: components["schemas"]["Mode"];
            readonly scopes: readonly components["schemas"]["Scope"][];
            /** @description Addresses or CIDR ranges, v4 or v6; empty: from anywhere. */
            readonly allowedIps?: readonly string[];
            readonly expiresAt?: components["schemas"]["Moment"] | null;
        };
        readonly CreatedKey: {
            readonly key: components["schemas"]["Key"];
            /** @description Shown here and never again; `null` in the answer to a repeated request. */
            readonly secret: string | null;
        };
        readonly KeyChanges: {
            readonly name?: string;
            readonly active?: boolean;
            readonly scopes?: readonly components["schemas"]["Scope"][];
            /** @description Addresses or CIDR ranges, v4 or v6; empty: from anywhere. */
            readonly allowedIps?: readonly string[];
            readonly expiresAt?: components["schemas"]["Moment"] | null;
        };
        readonly KeyRotation: {
            /** @description How long the old key is good besides; a day if left out, a week at most. */
            readonly overlapMs?: number;
        };
        readonly WebhookEndpointList: {
            readonly rows: readonly components["schemas"]["WebhookEndpoint"][];
        };
        /** @description Who is told of what happens in a ledger; its secret is never shown again. */
        readonly WebhookEndpoint: {
            readonly id: string;
            readonly organisation: components["schemas"]["Id"];
            readonly mode: components["schemas"]["Mode"];
            /** Format: uri */
            readonly url: string;
            /** @description In whose words it is told: `native`. */
            readonly api: string;
            readonly description: string;
            /** @description The types of events it gets, such as `stock.depleted`; empty: all. They stand under `webhooks` of the OpenAPI document. */
            readonly events: readonly string[];
            /**
             * @description How bodies are written: the JSON itself, or its fields as a form.
             * @enum {string}
             */
            readonly format: "json" | "form";
            /** @description Sent along with every delivery. */
            readonly headers: {
                readonly [key: string]: string;
            };
            /** @description One delivery at a time, in the order of the ledger; a failed one holds up the rest. */
            readonly ordered: boolean;
            /** @description Deliveries under way at once, at most; 8 at first. */
            readonly maxConcurrent: number;
            /** @description Attempts a second, at most 10,000; `null`: as many as it takes. */
            readonly maxPerSecond: components["schemas"]["Int"] | null;
            /** @description How long to wait after each failed attempt, none less than the one before, 20 at most and 7 days in all; eight attempts over 27 hours at first. */
            readonly retryDelaysMs: readonly number[];
            readonly createdAt: components["schemas"]["Moment"];
            /** @description Since when and why nothing is delivered; `null` while deliveries are made. */
            readonly disabled: components["schemas"]["WebhookDisabled"] | null;
        };
        readonly WebhookDisabled: {
            /**
             * @description `asked`: by its owner; `gone`: it answered 410; `told`: it answered with the header `webhook-delivery: disable`; `failing`: for days every attempt has failed.
             * @enum {string}
             */
            readonly reason: "asked" | "gone" | "told" | "failing";
            readonly at: components["schemas"]["Moment"];
        };
        readonly NewWebhookEndpoint: {
            /** Format: uri */
            readonly url: string;
            /** @description `native`, if left out. */
            readonly api?: string;
            readonly description?: string;
            /** @description The types of events it gets, such as `stock.depleted`; empty: all. They stand under `webhooks` of the OpenAPI document. */
            readonly events?: readonly string[];
            /**
             * @description How bodies are written: the JSON itself, or its fields as a form.
             * @enum {string}
             */
            readonly format?: "json" | "form";
            /** @description Sent along with every delivery. */
            readonly headers?: {
                readonly [key: string]: string;
            };
            /** @description One delivery at a time, in the order of the ledger; a failed one holds up the rest. */
            readonly ordered?: boolean;
            /** @description Deliveries under way at once, at most; 8 at first. */
            readonly maxConcurrent?: number;
            /** @description Attempts a second, at most 10,000; `null`: as many as it takes. */
            readonly maxPerSecond?: components["schemas"]["Int"] | null;
            /** @description How long to wait after each failed attempt, none less than the one before, 20 at most and 7 days in all; eight attempts over 27 hours at first. */
            readonly retryDelaysMs?: readonly number[];
            /** @description Begins with the events after this sequence; with those to come, if left out. */
            readonly after?: number;
            /** @description `whsec_` and 24 to 64 bytes in base64; made by the server, if left out. */
            readonly secret?: string;
        };
        readonly CreatedWebhookEndpoint: {
            readonly endpoint: components["schemas"]["WebhookEndpoint"];
            /** @description What deliveries are signed with, shown here and never again; `null` in the answer to a repeated request. */
            readonly secret: string | null;
        };
        readonly WebhookEndpointChanges: {
            /** Format: uri */
            readonly url?: string;
            readonly description?: string;
            /** @description The types of events it gets, such as `stock.depleted`; empty: all. They stand under `webhooks` of the OpenAPI document. */
            readonly events?: readonly string[];
            /**
             * @description How bodies are written: the JSON itself, or its fields as a form.
             * @enum {string}
             */
            readonly format?: "json" | "form";
            /** @description Sent along with every delivery. */
            readonly headers?: {
                readonly [key: string]: string;
            };
            /** @description One delivery at a time, in the order of the ledger; a failed one holds up the rest. */
            readonly ordered?: boolean;
            /** @description Deliveries under way at once, at most; 8 at first. */
            readonly maxConcurrent?: number;
            /** @description Attempts a second, at most 10,000; `null`: as many as it takes. */
            readonly maxPerSecond?: components["schemas"]["Int"] | null;
            /** @description How long to wait after each failed attempt, none less than the one before, 20 at most and 7 days in all; eight attempts over 27 hours at first. */
            readonly retryDelaysMs?: readonly number[];
            /** @description `false`: no more deliveries. `true`: they go on where they stopped, so that nothing is missed. */
            readonly enabled?: boolean;
        };
        readonly WebhookSecretRotation: {
            /** @description How long the old secret signs along; a day if left out, a week at most. */
            readonly overlapMs?: number;
            /** @description `whsec_` and 24 to 64 bytes in base64; made by the server, if left out. */
            readonly secret?: string;
        };
        readonly WebhookDelivery: {
            readonly endpoint: string;
            /** @description What receivers tell repeats by: sent as `webhook-id`, the same in every attempt. */
            readonly message: string;
            readonly type: string;
            /** @description Of the event in the ledger; `null` for a test. */
            readonly sequence: components["schemas"]["Sequence"] | null;
            readonly status: components["schemas"]["WebhookDeliveryStatus"];
            readonly attempts: components["schemas"]["Int"];
            readonly nextAttemptAt: components["schemas"]["Moment"] | null;
            readonly createdAt: components["schemas"]["Moment"];
            readonly finishedAt: components["schemas"]["Moment"] | null;
        };
        /**
         * @description `waiting`: an attempt is still to come; `failed`: the last one has failed; `aborted`: the receiver wants no more of them.
         * @enum {string}
         */
        readonly WebhookDeliveryStatus: "waiting" | "delivered" | "failed" | "aborted";
        /** @description A range of at most 14 days in which deliveries were made. */
        readonly WebhookRecovery: {
            readonly since: components["schemas"]["Moment"];
            /** Format: date-time */
            readonly until?: string;
            /** @description Types of events; empty: all. */
            readonly types?: readonly string[];
        };
        readonly WebhookRecovered: {
            /** @description How many are sent again; with 10,000, ask again for the rest. */
            readonly recovered: number;
        };
        readonly WebhookDeliveryPage: {
            readonly rows: readonly components["schemas"]["WebhookDelivery"][];
            /** @description Pass it as `cursor` for the next page; `null` on the last one. */
            readonly next: string | null;
        };
        readonly WebhookDeliveryDetails: {
            readonly endpoint: string;
            /** @description What receivers tell repeats by: sent as `webhook-id`, the same in every attempt. */
            readonly message: string;
            readonly type: string;
            /** @description Of the event in the ledger; `null` for a test. */
            readonly sequence: components["schemas"]["Sequence"] | null;
            readonly status: components["schemas"]["WebhookDeliveryStatus"];
            readonly attempts: components["schemas"]["Int"];
            readonly nextAttemptAt: components["schemas"]["Moment"] | null;
            readonly createdAt: components["schemas"]["Moment"];
            readonly finishedAt: components["schemas"]["Moment"] | null;
            /** @description The text that is sent and signed, where the endpoint takes JSON. */
            readonly body: string;
            /** @description All attempts, the first one first. */
            readonly history: readonly components["schemas"]["WebhookAttempt"][];
        };
        readonly WebhookAttempt: {
            /** @description 1 for the first. */
            readonly number: number;
            readonly at: components["schemas"]["Moment"];
            readonly durationMs: number;
            readonly request: {
                readonly url: string;
                readonly headers: {
                    readonly [key: string]: string;
                };
            };
            readonly outcome: components["schemas"]["WebhookOutcome"];
        };
        readonly WebhookOutcome: components["schemas"]["WebhookAnswered"] | components["schemas"]["WebhookUnanswered"];
        readonly WebhookAnswered: {
            /** @enum {string} */
            readonly type: "answered";
            readonly status: components["schemas"]["Int"];
            readonly headers: {
                readonly [key: string]: string;
            };
            /** @description As much of it as is kept. */
            readonly body: string;
            readonly truncated: boolean;
        };
        /** @description There was no answer. */
        readonly WebhookUnanswered: {
            /** @enum {string} */
            readonly type: "failed";
            readonly reason: string;
            readonly message: string;
        };
        readonly Health: {
            /** @enum {string} */
            readonly status: "ok";
        };
    };
    responses: {
        /** @description The request cannot be read; A parameter is not what it must be */
        readonly Failure400: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A valid key is needed */
        readonly Failure401: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key may not do this; The key may not be used from this address */
        readonly Failure403: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing; There is no such route */
        readonly Failure404: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The route has no such method */
        readonly Failure405: {
            headers: {
                readonly Allow: components["headers"]["Allow"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No answer of this type can be given */
        readonly Failure406: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is there already, with other content; The ledger's rules refuse the command */
        readonly Failure409: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It has been changed since */
        readonly Failure412: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        readonly Failure413: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body's type is not understood */
        readonly Failure415: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not what it must be; The key belongs to another request */
        readonly Failure422: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description If-Match is needed */
        readonly Failure428: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        readonly Failure429: {
            headers: {
                readonly "Retry-After": components["headers"]["Retry-After"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This is a fault of the server */
        readonly Failure500: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server is not set up for this */
        readonly Failure501: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Busy; nothing happened; The store cannot be used; nothing happened; It is not known whether it happened */
        readonly Failure503: {
            headers: {
                readonly "Retry-After": components["headers"]["Retry-After"];
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It still is what `If-None-Match` names */
        readonly Unchanged: {
            headers: {
                readonly ETag: components["headers"]["ETag"];
                readonly [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description The id of the message, the same in every attempt: tell repeats by it. */
        readonly WebhookId: string;
        /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
        readonly WebhookTimestamp: string;
        /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
        readonly WebhookSignature: string;
    };
    requestBodies: never;
    headers: {
        /** @description The state of the thing in a word, for `If-Match` and `If-None-Match`. */
        readonly ETag: string;
        /** @description After so many seconds it is worth another try. */
        readonly "Retry-After": string;
        /** @description The methods there are. */
        readonly Allow: string;
    };
    pathItems: never;
}
export type MovementCommand = components['schemas']['MovementCommand'];
export type Receive = components['schemas']['Receive'];
export type Id = components['schemas']['Id'];
export type CostLine = components['schemas']['CostLine'];
export type QuantityInput = components['schemas']['QuantityInput'];
export type Amount = components['schemas']['Amount'];
export type Moment = components['schemas']['Moment'];
export type GoodsIssue = components['schemas']['GoodsIssue'];
export type Line = components['schemas']['Line'];
export type Transfer = components['schemas']['Transfer'];
export type Dispatch = components['schemas']['Dispatch'];
export type Arrive = components['schemas']['Arrive'];
export type Sequence = components['schemas']['Sequence'];
export type Adjust = components['schemas']['Adjust'];
export type Hold = components['schemas']['Hold'];
export type Unhold = components['schemas']['Unhold'];
export type Reverse = components['schemas']['Reverse'];
export type Problem = components['schemas']['Problem'];
export type Int = components['schemas']['Int'];
export type Rejection = components['schemas']['Rejection'];
export type Bucket = components['schemas']['Bucket'];
export type Quantity = components['schemas']['Quantity'];
export type StockMovedWebhook = components['schemas']['StockMovedWebhook'];
export type Transaction = components['schemas']['Transaction'];
export type MovementKind = components['schemas']['MovementKind'];
export type TransactionLine = components['schemas']['TransactionLine'];
export type Currency = components['schemas']['Currency'];
export type StockCrossedWebhook = components['schemas']['StockCrossedWebhook'];
export type Crossing = components['schemas']['Crossing'];
export type ItemChangedWebhook = components['schemas']['ItemChangedWebhook'];
export type Item = components['schemas']['Item'];
export type Attributes = components['schemas']['Attributes'];
export type CategoryChangedWebhook = components['schemas']['CategoryChangedWebhook'];
export type Category = components['schemas']['Category'];
export type ManufacturerChangedWebhook = components['schemas']['ManufacturerChangedWebhook'];
export type Manufacturer = components['schemas']['Manufacturer'];
export type LocationChangedWebhook = components['schemas']['LocationChangedWebhook'];
export type Location = components['schemas']['Location'];
export type ThresholdChangedWebhook = components['schemas']['ThresholdChangedWebhook'];
export type ThresholdRule = components['schemas']['ThresholdRule'];
export type ThresholdRemovedWebhook = components['schemas']['ThresholdRemovedWebhook'];
export type LedgerOpenedWebhook = components['schemas']['LedgerOpenedWebhook'];
export type LedgerSettings = components['schemas']['LedgerSettings'];
export type CommandRefusedWebhook = components['schemas']['CommandRefusedWebhook'];
export type TestWebhook = components['schemas']['TestWebhook'];
export type ShortenedWebhook = components['schemas']['ShortenedWebhook'];
export type ItemPage = components['schemas']['ItemPage'];
export type ItemChanges = components['schemas']['ItemChanges'];
export type AttributeChanges = components['schemas']['AttributeChanges'];
export type CategoryList = components['schemas']['CategoryList'];
export type CategoryChanges = components['schemas']['CategoryChanges'];
export type ManufacturerList = components['schemas']['ManufacturerList'];
export type ManufacturerChanges = components['schemas']['ManufacturerChanges'];
export type LocationList = components['schemas']['LocationList'];
export type LocationChanges = components['schemas']['LocationChanges'];
export type Receipt = components['schemas']['Receipt'];
export type EventType = components['schemas']['EventType'];
export type CountInput = components['schemas']['CountInput'];
export type CountLine = components['schemas']['CountLine'];
export type Batch = components['schemas']['Batch'];
export type AnyCommand = components['schemas']['AnyCommand'];
export type Count = components['schemas']['Count'];
export type Reserve = components['schemas']['Reserve'];
export type Release = components['schemas']['Release'];
export type Fulfil = components['schemas']['Fulfil'];
export type SetThreshold = components['schemas']['SetThreshold'];
export type RemoveThreshold = components['schemas']['RemoveThreshold'];
export type PutItem = components['schemas']['PutItem'];
export type PutCategory = components['schemas']['PutCategory'];
export type PutManufacturer = components['schemas']['PutManufacturer'];
export type PutLocation = components['schemas']['PutLocation'];
export type BatchResult = components['schemas']['BatchResult'];
export type Refusal = components['schemas']['Refusal'];
export type Preview = components['schemas']['Preview'];
export type PreviewResult = components['schemas']['PreviewResult'];
export type StockPage = components['schemas']['StockPage'];
export type Stock = components['schemas']['Stock'];
export type Card = components['schemas']['Card'];
export type CardRow = components['schemas']['CardRow'];
export type Valuation = components['schemas']['Valuation'];
export type ValuationRow = components['schemas']['ValuationRow'];
export type Money = components['schemas']['Money'];
export type CommitmentPage = components['schemas']['CommitmentPage'];
export type Commitment = components['schemas']['Commitment'];
export type ReserveInput = components['schemas']['ReserveInput'];
export type Draw = components['schemas']['Draw'];
export type ThresholdPage = components['schemas']['ThresholdPage'];
export type Threshold = components['schemas']['Threshold'];
export type ThresholdInput = components['schemas']['ThresholdInput'];
export type PlanList = components['schemas']['PlanList'];
export type PlanRow = components['schemas']['PlanRow'];
export type PlanDerivation = components['schemas']['PlanDerivation'];
export type TransactionPage = components['schemas']['TransactionPage'];
export type TransactionStatistics = components['schemas']['TransactionStatistics'];
export type EventPage = components['schemas']['EventPage'];
export type Event = components['schemas']['Event'];
export type StockMoved = components['schemas']['StockMoved'];
export type StockCrossed = components['schemas']['StockCrossed'];
export type ItemChanged = components['schemas']['ItemChanged'];
export type CategoryChanged = components['schemas']['CategoryChanged'];
export type ManufacturerChanged = components['schemas']['ManufacturerChanged'];
export type LocationChanged = components['schemas']['LocationChanged'];
export type ThresholdChanged = components['schemas']['ThresholdChanged'];
export type ThresholdRemoved = components['schemas']['ThresholdRemoved'];
export type LedgerOpened = components['schemas']['LedgerOpened'];
export type CommandRefused = components['schemas']['CommandRefused'];
export type Organisation = components['schemas']['Organisation'];
export type Plan = components['schemas']['Plan'];
export type OrganisationList = components['schemas']['OrganisationList'];
export type NewOrganisation = components['schemas']['NewOrganisation'];
export type OrganisationChanges = components['schemas']['OrganisationChanges'];
export type KeyList = components['schemas']['KeyList'];
export type Key = components['schemas']['Key'];
export type Mode = components['schemas']['Mode'];
export type Scope = components['schemas']['Scope'];
export type NewKey = components['schemas']['NewKey'];
export type CreatedKey = components['schemas']['CreatedKey'];
export type KeyChanges = components['schemas']['KeyChanges'];
export type KeyRotation = components['schemas']['KeyRotation'];
export type WebhookEndpointList = components['schemas']['WebhookEndpointList'];
export type WebhookEndpoint = components['schemas']['WebhookEndpoint'];
export type WebhookDisabled = components['schemas']['WebhookDisabled'];
export type NewWebhookEndpoint = components['schemas']['NewWebhookEndpoint'];
export type CreatedWebhookEndpoint = components['schemas']['CreatedWebhookEndpoint'];
export type WebhookEndpointChanges = components['schemas']['WebhookEndpointChanges'];
export type WebhookSecretRotation = components['schemas']['WebhookSecretRotation'];
export type WebhookDelivery = components['schemas']['WebhookDelivery'];
export type WebhookDeliveryStatus = components['schemas']['WebhookDeliveryStatus'];
export type WebhookRecovery = components['schemas']['WebhookRecovery'];
export type WebhookRecovered = components['schemas']['WebhookRecovered'];
export type WebhookDeliveryPage = components['schemas']['WebhookDeliveryPage'];
export type WebhookDeliveryDetails = components['schemas']['WebhookDeliveryDetails'];
export type WebhookAttempt = components['schemas']['WebhookAttempt'];
export type WebhookOutcome = components['schemas']['WebhookOutcome'];
export type WebhookAnswered = components['schemas']['WebhookAnswered'];
export type WebhookUnanswered = components['schemas']['WebhookUnanswered'];
export type Health = components['schemas']['Health'];
export type ResponseFailure400 = components['responses']['Failure400'];
export type ResponseFailure401 = components['responses']['Failure401'];
export type ResponseFailure403 = components['responses']['Failure403'];
export type ResponseFailure404 = components['responses']['Failure404'];
export type ResponseFailure405 = components['responses']['Failure405'];
export type ResponseFailure406 = components['responses']['Failure406'];
export type ResponseFailure409 = components['responses']['Failure409'];
export type ResponseFailure412 = components['responses']['Failure412'];
export type ResponseFailure413 = components['responses']['Failure413'];
export type ResponseFailure415 = components['responses']['Failure415'];
export type ResponseFailure422 = components['responses']['Failure422'];
export type ResponseFailure428 = components['responses']['Failure428'];
export type ResponseFailure429 = components['responses']['Failure429'];
export type ResponseFailure500 = components['responses']['Failure500'];
export type ResponseFailure501 = components['responses']['Failure501'];
export type ResponseFailure503 = components['responses']['Failure503'];
export type ResponseUnchanged = components['responses']['Unchanged'];
export type ParameterWebhookId = components['parameters']['WebhookId'];
export type ParameterWebhookTimestamp = components['parameters']['WebhookTimestamp'];
export type ParameterWebhookSignature = components['parameters']['WebhookSignature'];
export type HeaderETag = components['headers']['ETag'];
export type HeaderRetryAfter = components['headers']['Retry-After'];
export type HeaderAllow = components['headers']['Allow'];
export type $defs = Record<string, never>;
export interface operations {
    readonly "items.list": {
        readonly parameters: {
            readonly query?: {
                /** @description Part of SKU or name, without regard to case. */
                readonly query?: string;
                readonly category?: components["schemas"]["Id"];
                readonly manufacturer?: components["schemas"]["Id"];
                readonly archived?: boolean;
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description ItemPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ItemPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "items.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Item */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Item"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "items.put": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match"?: string;
                /** @description `*` only creates. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ItemChanges"];
            };
        };
        readonly responses: {
            /** @description Item */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Item"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "categories.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description CategoryList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CategoryList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "categories.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Category */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Category"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "categories.put": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match"?: string;
                /** @description `*` only creates. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CategoryChanges"];
            };
        };
        readonly responses: {
            /** @description Category */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Category"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "manufacturers.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description ManufacturerList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ManufacturerList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "manufacturers.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Manufacturer */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Manufacturer"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "manufacturers.put": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match"?: string;
                /** @description `*` only creates. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ManufacturerChanges"];
            };
        };
        readonly responses: {
            /** @description Manufacturer */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Manufacturer"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "locations.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description LocationList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LocationList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "locations.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Location */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Location"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "locations.put": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match"?: string;
                /** @description `*` only creates. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LocationChanges"];
            };
        };
        readonly responses: {
            /** @description Location */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Location"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "movements.create": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MovementCommand"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "movements.count": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CountInput"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "movements.batch": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Batch"];
            };
        };
        readonly responses: {
            /** @description BatchResult */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BatchResult"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "movements.preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Preview"];
            };
        };
        readonly responses: {
            /** @description PreviewResult */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PreviewResult"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "stock.list": {
        readonly parameters: {
            readonly query?: {
                readonly item?: components["schemas"]["Id"];
                /** @description With everything below it. */
                readonly location?: string;
                readonly nonZero?: boolean;
                readonly at?: string;
                readonly sequence?: number;
                readonly recordedAt?: components["schemas"]["Moment"];
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description StockPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StockPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "stock.card": {
        readonly parameters: {
            readonly query: {
                readonly item: components["schemas"]["Id"];
                readonly location: components["schemas"]["Id"];
                readonly from?: components["schemas"]["Moment"];
                readonly to?: string;
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description opening + in − out = closing. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Card"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "stock.valuation": {
        readonly parameters: {
            readonly query?: {
                readonly item?: components["schemas"]["Id"];
                /** @description With everything below it. */
                readonly location?: string;
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Valuation */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Valuation"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "reservations.list": {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description CommitmentPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommitmentPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "reservations.create": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReserveInput"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "reservations.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sequence: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What is still open of a reservation or a shipment. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Commitment"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "reservations.release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly sequence: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Draw"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "reservations.fulfil": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly sequence: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Draw"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "shipments.list": {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description CommitmentPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommitmentPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "shipments.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sequence: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What is still open of a reservation or a shipment. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Commitment"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "thresholds.list": {
        readonly parameters: {
            readonly query?: {
                readonly depleted?: boolean;
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description ThresholdPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ThresholdPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "thresholds.low": {
        readonly parameters: {
            readonly query?: {
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description ThresholdPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ThresholdPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "thresholds.put": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly item: components["schemas"]["Id"];
                readonly location: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ThresholdInput"];
            };
        };
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "thresholds.remove": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly item: components["schemas"]["Id"];
                readonly location: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The answer to a command that is done; `repeated`: it had been done before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Receipt"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "thresholds.plan": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description PlanList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PlanList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "transactions.list": {
        readonly parameters: {
            readonly query?: {
                readonly kinds?: string;
                readonly item?: components["schemas"]["Id"];
                /** @description With everything below it. */
                readonly location?: string;
                readonly reference?: string;
                readonly from?: string;
                readonly to?: string;
                readonly order?: "ascending" | "descending";
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description TransactionPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TransactionPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "transactions.statistics": {
        readonly parameters: {
            readonly query?: {
                readonly kinds?: string;
                readonly item?: components["schemas"]["Id"];
                /** @description With everything below it. */
                readonly location?: string;
                readonly reference?: string;
                readonly from?: string;
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description TransactionStatistics */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TransactionStatistics"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "transactions.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly sequence: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Transaction */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Transaction"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "events.list": {
        readonly parameters: {
            readonly query?: {
                readonly after?: number;
                readonly limit?: number;
                readonly types?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description EventPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "organisations.own": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Organisation */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Organisation"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "organisations.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OrganisationList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrganisationList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "organisations.create": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewOrganisation"];
            };
        };
        readonly responses: {
            /** @description Organisation */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Organisation"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "organisations.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Organisation */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Organisation"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "organisations.change": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match": string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OrganisationChanges"];
            };
        };
        readonly responses: {
            /** @description Organisation */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Organisation"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 428: components["responses"]["Failure428"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description KeyList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["KeyList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.create": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewKey"];
            };
        };
        readonly responses: {
            /** @description CreatedKey */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedKey"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A key; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.revoke": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A key; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.change": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match": string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["KeyChanges"];
            };
        };
        readonly responses: {
            /** @description A key; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Key"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 428: components["responses"]["Failure428"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "keys.rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["KeyRotation"];
            };
        };
        readonly responses: {
            /** @description CreatedKey */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedKey"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.list": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description WebhookEndpointList */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.create": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same request under the same key is done once and gives the first answer again, for ever. */
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewWebhookEndpoint"];
            };
        };
        readonly responses: {
            /** @description CreatedWebhookEndpoint */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.get": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Who is told of what happens in a ledger; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 304: components["responses"]["Unchanged"];
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.remove": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Who is told of what happens in a ledger; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.change": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description An ETag: changes only what is still as it was read. */
                readonly "If-Match": string;
            };
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookEndpointChanges"];
            };
        };
        readonly responses: {
            /** @description Who is told of what happens in a ledger; its secret is never shown again. */
            readonly 200: {
                headers: {
                    readonly ETag: components["headers"]["ETag"];
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 412: components["responses"]["Failure412"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 428: components["responses"]["Failure428"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.rotate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookSecretRotation"];
            };
        };
        readonly responses: {
            /** @description CreatedWebhookEndpoint */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CreatedWebhookEndpoint"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description WebhookDelivery */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.recover": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WebhookRecovery"];
            };
        };
        readonly responses: {
            /** @description WebhookRecovered */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookRecovered"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 413: components["responses"]["Failure413"];
            readonly 415: components["responses"]["Failure415"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.deliveries": {
        readonly parameters: {
            readonly query?: {
                readonly status?: components["schemas"]["WebhookDeliveryStatus"];
                readonly type?: string;
                readonly since?: string;
                readonly until?: string;
                /** @description `next` of the page before; the first page, if left out. */
                readonly cursor?: string;
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description WebhookDeliveryPage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDeliveryPage"];
                    readonly "application/x-ndjson": string;
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.delivery": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
                /** @description The id of a message, `msg_…`. */
                readonly message: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description WebhookDeliveryDetails */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDeliveryDetails"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhooks.resend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: components["schemas"]["Id"];
                /** @description The id of a message, `msg_…`. */
                readonly message: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description WebhookDelivery */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 401: components["responses"]["Failure401"];
            readonly 403: components["responses"]["Failure403"];
            readonly 404: components["responses"]["Failure404"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 409: components["responses"]["Failure409"];
            readonly 422: components["responses"]["Failure422"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 501: components["responses"]["Failure501"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "system.live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Health */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "system.ready": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Health */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly 400: components["responses"]["Failure400"];
            readonly 405: components["responses"]["Failure405"];
            readonly 406: components["responses"]["Failure406"];
            readonly 429: components["responses"]["Failure429"];
            readonly 500: components["responses"]["Failure500"];
            readonly 503: components["responses"]["Failure503"];
        };
    };
    readonly "webhook.ledger.opened": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LedgerOpenedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.stock.moved": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StockMovedWebhook"] | components["schemas"]["ShortenedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.stock.depleted": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StockCrossedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.stock.replenished": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["StockCrossedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.item.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ItemChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.category.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CategoryChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.manufacturer.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ManufacturerChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.location.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LocationChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.threshold.changed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ThresholdChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.threshold.removed": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ThresholdRemovedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.command.refused": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CommandRefusedWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readonly "webhook.webhook.test": {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The id of the message, the same in every attempt: tell repeats by it. */
                readonly "webhook-id": components["parameters"]["WebhookId"];
                /** @description When this attempt was made, in seconds since 1970; refuse what is too old. */
                readonly "webhook-timestamp": components["parameters"]["WebhookTimestamp"];
                /** @description By Standard Webhooks: `v1,` and the HMAC-SHA256 in base64 of `<webhook-id>.<webhook-timestamp>.<body>`, one for each secret that signs, with blanks between. `@stockbook/webhooks` verifies it. */
                readonly "webhook-signature": components["parameters"]["WebhookSignature"];
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TestWebhook"];
            };
        };
        readonly responses: {
            /** @description The endpoint is disabled, and gets nothing any more. */
            readonly 410: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived, and is not sent again. */
            readonly "2XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again later, as after 5XX and where no answer comes. */
            readonly "4XX": {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
