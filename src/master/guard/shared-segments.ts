/** Which of our own interfaces hang on one segment, as their probes showed. Two servers of ours there would be one too many. */
export interface SharedSegments {
  /** `name` has heard a probe that `other` sent */
  add(name: string, other: string): void;
  /** its link is new: what was known is not true any more */
  forget(name: string): void;
  /** the interface on the same segment that is served instead of `name`, if there is one */
  firstOn(name: string): string | undefined;
}

/** `goesBefore(other, name)`: of two interfaces on one segment, whether `other` is the one to be served. */
export function sharedSegments(goesBefore: (other: string, name: string) => boolean): SharedSegments {
  const neighbours = new Map<string, Set<string>>();
  const of = (name: string): Set<string> => neighbours.get(name) ?? new Set();
  return {
    add: (name, other) => {
      neighbours.set(name, of(name).add(other));
      neighbours.set(other, of(other).add(name));
    },
    forget: (name) => {
      for (const other of of(name)) of(other).delete(name);
      neighbours.delete(name);
    },
    firstOn: (name) => [...of(name)].find((other) => goesBefore(other, name)),
  };
}
