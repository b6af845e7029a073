import type { PageParts } from '../domain/web-page.ts';
import { pageParts } from './page-parts.ts';

/**
 * Bundles the master's page from `src/web`. In the image this module is replaced by one that holds the result, because neither the sources
 * nor esbuild are there; see bundle.ts.
 * @throws ReconError `build-failed`
 */
export async function webPageParts(): Promise<PageParts> {
  return pageParts('web');
}
