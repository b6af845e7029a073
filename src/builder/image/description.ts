import { ReconError } from '../../domain/errors.ts';

/** A recipe names its mirrors as `mirror://<distribution>…`, because each site has its own, and leaves the release open where it has several. */
const PLACEHOLDER = /mirror:\/\/[a-z]+/;
const RELEASE = '{release}';

/** A part of a description that is for some of its profiles only. */
const OF_PROFILES = /\n *<(preferences|repository|packages)\b[^>]*?\sprofiles="([^"]*)"[^>]*>[\s\S]*?<\/\1>/g;

export interface ChosenSource {
  mirror: string | undefined;
  release: string;
  /** of KIWI; what is for others is left out */
  profiles: readonly string[];
}

/**
 * The KIWI description of a recipe with the mirror put in for each `mirror://<distribution>`, and the release that is built.
 * @throws ReconError `host-unfit` when the recipe wants a mirror and none is known
 */
export function describeImage(configXml: string, { mirror, release, profiles }: ChosenSource): string {
  const own = configXml
    .replaceAll(OF_PROFILES, (part: string, _element: string, names: string) =>
      names.split(',').some((name) => profiles.includes(name.trim())) ? part : '',
    )
    .replaceAll(RELEASE, () => escapeXml(release));
  if (!PLACEHOLDER.test(own)) return own;
  if (mirror === undefined || mirror === '') {
    throw new ReconError('host-unfit', "no mirror of the recipe's distribution is known on this host", {
      hint: 'name one: MIRROR=http://… ./make-recipe-target <recipe> target',
    });
  }
  const source = escapeXml(mirror.replace(/\/+$/, ''));
  return own.replaceAll(new RegExp(PLACEHOLDER, 'g'), () => source);
}

/** The `<version>` of a description. @throws ReconError `usage` when there is none */
export function imageVersion(configXml: string): string {
  const version = /<version>\s*([^<\s]+)\s*<\/version>/.exec(configXml)?.[1];
  if (version === undefined) throw new ReconError('usage', 'config.xml has no <version>');
  return version;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
