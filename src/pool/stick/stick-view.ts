import type { Pool } from '../../domain/pool/pool.ts';

/**
 * A pool as a stick's master means it. What is not said is the inventory, which is what the stick is for; addresses are those that the master leases,
 * so that a node has none of its own. Pure.
 */
export function stickView(pool: Pool): Pool {
  const { settings, places } = pool;
  const said = (key: 'default' | 'unknown'): string => (places.get(key) === undefined ? 'recon' : settings[key]);
  return {
    ...pool,
    settings: { ...settings, default: said('default'), unknown: said('unknown') },
    nodes: new Map([...pool.nodes].map(([name, { address: _, ...node }]) => [name, node])),
  };
}
