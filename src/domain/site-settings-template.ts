import { z } from 'zod';
import { SITE_SETTINGS_FILE, SiteSettings } from './site-settings.ts';

interface SettingSchema {
  description?: string;
  example?: unknown;
  properties?: Record<string, SettingSchema>;
}

const WIDTH = 100;

/**
 * The recon.yaml that a new stick carries: every setting explained, with an example, and switched off. What the image brings along counts
 * without this file, and is named in it. CRLF, for Windows editors.
 */
export function siteSettingsTemplate(inImage: Pick<SiteSettings, 'encryptTo'> = {}): string {
  const schema = z.toJSONSchema(SiteSettings, { io: 'input' }) as SettingSchema;
  const head = [
    `## ${SITE_SETTINGS_FILE}: settings of Recon for this visit. All are optional; as it stands, this file says nothing.`,
    '## Lines with one # are settings: take the "# " away to use one. Those that are indented need the line above them too.',
    '## A mistake is shown on the screen of the master with its line, and nothing is served until it is mended.',
  ];
  return [...head, ...blocks(schema, '', inImage)].join('\r\n').concat('\r\n');
}

function blocks(schema: SettingSchema, indent: string, inImage: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, setting]) => {
    const words = wrap(setting.description ?? '', WIDTH - indent.length - 4).map((line) => `## ${indent}${line}`);
    const isGroup = setting.properties !== undefined;
    const isBuiltIn = key in inImage;
    const value = isGroup ? '' : ` ${yamlValue(isBuiltIn ? inImage[key] : setting.example)}`;
    const builtIn = isBuiltIn ? [`## ${indent}THIS STICK WAS BUILT WITH THE VALUE BELOW, and uses it unless another one is set here.`] : [];
    return [...(indent === '' ? [''] : []), ...words, ...builtIn, `# ${indent}${key}:${value}`, ...blocks(setting, `${indent}  `)];
  });
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** JSON is YAML; plain words need no quotes. */
function yamlValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
