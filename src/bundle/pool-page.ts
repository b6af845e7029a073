import type { PageParts } from '../domain/web-page.ts';
import { pageParts } from './page-parts.ts';

/** Bundles the page of the boot pool from `src/pool-page`; like the master's it is replaced in the image. @throws ReconError `build-failed` */
export async function poolPageParts(): Promise<PageParts> {
  return pageParts('pool-page');
}
