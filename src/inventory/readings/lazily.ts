/** How each member of an object is made, from the others if need be. */
export type Makers<T> = { readonly [K in keyof T]: (made: T) => T[K] };

/**
 * An object whose members are made when they are first asked for, and then kept. A member that cannot be made throws at whoever asks
 * for it; the others stand.
 */
export function lazily<T extends object>(makers: Makers<T>): T {
  const made = {} as T;
  for (const key of Object.keys(makers) as (keyof T & string)[]) {
    Object.defineProperty(made, key, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = makers[key](made);
        Object.defineProperty(made, key, { value });
        return value;
      },
    });
  }
  return made;
}

/** A function that makes what belongs to a name when it is first asked for it, and then keeps it. */
export function onceEach<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, { value: T }>();
  return (name) => {
    const kept = made.get(name) ?? { value: make(name) };
    made.set(name, kept);
    return kept.value;
  };
}
