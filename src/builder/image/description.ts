import { ReconError } from '../../domain/errors.ts';

/** A recipe names its mirrors as `mirror://<distribution>…`, because each site has its own. */
const PLACEHOLDER = /mirror:\/\/[a-z]+/;

/**
 * The KIWI description of a recipe with the mirror put in for each `mirror://<distribution>`.
 * @throws ReconError `host-unfit` when the recipe wants a mirror and none is known
 */
export function describeImage(configXml: string, mirror: string | undefined): string {
  if (!PLACEHOLDER.test(configXml)) return configXml;
  if (mirror === undefined || mirror === '') {
    throw new ReconError('host-unfit', "no mirror of the recipe's distribution is known on this host", {
      hint: 'name one: MIRROR=http://… ./make-recipe-target <recipe> target',
    });
  }
  const source = escapeXml(mirror.replace(/\/+$/, ''));
  return configXml.replaceAll(new RegExp(PLACEHOLDER, 'g'), () => source);
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
