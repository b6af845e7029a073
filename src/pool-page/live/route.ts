/** What the part of the address behind `#` asks for. */
export type PoolRoute =
  | { page: 'nodes' }
  | { page: 'node'; name: string }
  | { page: 'set-up'; link: string }
  | { page: 'images' }
  | { page: 'profiles' }
  | { page: 'groups' }
  | { page: 'import' }
  | { page: 'history' }
  | { page: 'revision'; revision: number }
  | { page: 'audit' }
  | { page: 'people' }
  | { page: 'own' };

export function poolRouteOf(hash: string): PoolRoute {
  const [, link] = /^#setup=([\w-]{1,200})$/.exec(hash) ?? [];
  if (link !== undefined) return { page: 'set-up', link };
  const [, name] = /^#\/node\/([a-z0-9-]{1,63})$/.exec(hash) ?? [];
  if (name !== undefined) return { page: 'node', name };
  const [, revision] = /^#\/history\/([1-9]\d{0,11})$/.exec(hash) ?? [];
  if (revision !== undefined) return { page: 'revision', revision: Number(revision) };
  const [, page] = /^#\/(images|profiles|groups|import|history|audit|people|own)$/.exec(hash) ?? [];
  return { page: (page ?? 'nodes') as Exclude<PoolRoute['page'], 'node' | 'set-up' | 'revision'> };
}

export function nodeHash(name: string): string {
  return `#/node/${name}`;
}

export function revisionHash(revision: number): string {
  return `#/history/${revision}`;
}
