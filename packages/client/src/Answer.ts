/** What calls give back: promises that know more than their value. */

/** An answer with what came around it. */
export interface Reply<Data> {
  readonly data: Data;
  readonly status: number;
  readonly headers: Headers;
  /** The state of the thing in a word, to be given as `ifMatch`. */
  readonly etag: string | undefined;
  readonly requestId: string | undefined;
}

/** The promise of what an operation answers. */
export class Answer<Data> implements Promise<Data> {
  readonly [Symbol.toStringTag] = "Answer";
  readonly #reply: Promise<Reply<Data>>;

  constructor(reply: Promise<Reply<Data>>) {
    this.#reply = reply;
  }

  /** The same answer with its status, headers, ETag and request id. */
  withResponse(): Promise<Reply<Data>> {
    return this.#reply;
  }

  // Made when it is asked for: a rejection that nobody sees is reported once, and only then.
  #data(): Promise<Data> {
    return this.#reply.then(({ data }) => data);
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise
  then<A = Data, B = never>(
    onFulfilled?: ((data: Data) => A | PromiseLike<A>) | null,
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#data().then(onFulfilled, onRejected);
  }

  catch<B = never>(
    onRejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<Data | B> {
    return this.#data().catch(onRejected);
  }

  finally(onFinally?: (() => void) | null): Promise<Data> {
    return this.#data().finally(onFinally);
  }
}

/** What every page has. */
export interface AnyPage<Row = unknown> {
  readonly rows: readonly Row[];
}

/**
 * The promise of a page, and the way to all that follow.
 *
 * @example
 * const { rows, next } = await stockbook.items.list({ limit: 50 }); // one page
 * for await (const item of stockbook.items.list()) console.log(item.sku); // all items
 */
export class PagedAnswer<
  Page extends AnyPage<Row>,
  Row = Page["rows"][number],
> extends Answer<Page> {
  readonly #next: (page: Page) => Promise<Page> | undefined;

  constructor(reply: Promise<Reply<Page>>, next: (page: Page) => Promise<Page> | undefined) {
    super(reply);
    this.#next = next;
  }

  /** This page and all that follow, each asked for when it is wanted. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    let page: Page | undefined = await this;
    while (page !== undefined) {
      yield page;
      page = await this.#next(page);
    }
  }

  /** The rows of this page and of all that follow. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const { rows } of this.pages()) for (const row of rows) yield row;
  }
}
