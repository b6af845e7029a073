/** Node's own fetch: the only place of the program that asks somebody by HTTP. */
export const httpFetch: typeof globalThis.fetch = (input, init) => fetch(input, init);
