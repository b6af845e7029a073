import { netboxMaker } from '../export/formats/netbox/makers.ts';
import { NetboxNames } from '../export/formats/netbox/words.ts';
import { oneLine } from '../export/safe-text.ts';
import { refTo, type WantedFields, type WantedObject } from './wanted.ts';

const GREY = '9e9e9e';

/** What many machines have in common: each is wanted once, and gives what others name it by. */
export class SharedObjects {
  readonly #wanted = new Map<string, WantedObject>();
  readonly #makers = new NetboxNames();
  readonly #models = new Map<string, NetboxNames>();

  all(): Iterable<WantedObject> {
    return this.#wanted.values();
  }

  site(text: string): ReturnType<typeof refTo> {
    const { name, slug } = new NetboxNames().take(text);
    return this.#once({ kind: 'site', key: slug, words: name, first: { name, slug, status: 'active' } });
  }

  role(kind: 'deviceRole' | 'itemRole', text: string): ReturnType<typeof refTo> {
    const { name, slug } = new NetboxNames().take(text);
    return this.#once({ kind, key: slug, words: name, first: { name, slug, color: GREY } });
  }

  manufacturer(said: string): ReturnType<typeof refTo> {
    const { name, slug } = this.#makers.take(netboxMaker(said));
    return this.#once({ kind: 'manufacturer', key: slug, words: name, first: { name, slug } });
  }

  deviceType(vendor: string, product: string, heightUnits: number): ReturnType<typeof refTo> {
    const { manufacturer, name, slug } = this.#model('device', vendor, product);
    // the first machine of a model tells for all
    return this.#type('deviceType', manufacturer, { model: name, slug, u_height: heightUnits });
  }

  moduleType(vendor: string, model: string, part: string | undefined): ReturnType<typeof refTo> {
    const { manufacturer, name } = this.#model('module', vendor, model);
    return this.#type('moduleType', manufacturer, { model: name, ...(part === undefined ? {} : { part_number: oneLine(part, 50) }) });
  }

  rack(site: ReturnType<typeof refTo>, name: string): ReturnType<typeof refTo> {
    return this.#once({ kind: 'rack', key: name.toLowerCase(), words: name, first: { name, site, status: 'active' } });
  }

  #model(of: string, vendor: string, said: string): { manufacturer: ReturnType<typeof refTo>; name: string; slug: string } {
    const manufacturer = this.manufacturer(vendor);
    const names = `${of} ${manufacturer.idOf.key}`;
    const models = this.#models.get(names) ?? new NetboxNames();
    this.#models.set(names, models);
    return { manufacturer, ...models.take(said) };
  }

  #type(
    kind: 'deviceType' | 'moduleType',
    manufacturer: ReturnType<typeof refTo>,
    fields: WantedFields & { model: string },
  ): ReturnType<typeof refTo> {
    const { key, words } = manufacturer.idOf;
    return this.#once({ kind, key: `${key} ${fields.model}`, words: `${words} ${fields.model}`, first: { manufacturer, ...fields } });
  }

  #once(wanted: WantedObject): ReturnType<typeof refTo> {
    const key = `${wanted.kind} ${wanted.key}`;
    const known = this.#wanted.get(key) ?? wanted;
    this.#wanted.set(key, known);
    return refTo(known);
  }
}
