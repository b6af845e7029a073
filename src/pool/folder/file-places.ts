/** Where something is written. */
export interface FilePlace {
  file: string;
  line: number;
}

/** Where each thing of a pool is written, by `node NAME`, `group NAME`, `rule NUMBER` and others. */
export interface FilePlaces {
  /** as `nodes.yaml line 12` */
  get(key: string): string | undefined;
  of(key: string): FilePlace | undefined;
  set(key: string, place: FilePlace): void;
  /** the same for `node NAME`; of ten thousand nodes few are ever asked for */
  setNode(name: string, place: FilePlace): void;
  ofNode(name: string): FilePlace | undefined;
}

const NODE = 'node ';

export function filePlaces(): FilePlaces {
  const [nodes, others] = [new Map<string, FilePlace>(), new Map<string, FilePlace>()];
  const of = (key: string): FilePlace | undefined => (key.startsWith(NODE) ? nodes.get(key.slice(NODE.length)) : others.get(key));
  return {
    of,
    get: (key) => {
      const place = of(key);
      return place === undefined ? undefined : placeText(place);
    },
    set: (key, place) => void others.set(key, place),
    ofNode: (name) => nodes.get(name),
    setNode: (name, place) => void nodes.set(name, place),
  };
}

export function placeText({ file, line }: FilePlace): string {
  return `${file} line ${line}`;
}
