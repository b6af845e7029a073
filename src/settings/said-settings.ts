import type { SiteSettings } from '../domain/site-settings.ts';

/** Which settings somebody made; the site's name as it was read, because behind a blank `#` begins a comment: `Hall #3` is Hall. */
export function settingsWords(settings: SiteSettings): string {
  return Object.keys(settings)
    .map((name) => (name === 'site' ? `site "${settings.site}"` : name))
    .join(', ');
}
