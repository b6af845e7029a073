import { type FieldRule, MODELS, pathOfModel } from './netbox-models.ts';

export type Stored = { id: number } & Record<string, unknown>;
export type Said = Record<string, string[]>;

/** Objects of a NetBox, and whether it would take another one. What a field refers to is kept by its number. */
export class NetboxStore {
  readonly #objects = new Map<string, Map<number, Stored>>();
  #last = 100;
  /** names of interfaces that a new device of this type brings along */
  readonly templates = new Map<number, string[]>();

  all(path: string): Stored[] {
    return [...(this.#objects.get(path)?.values() ?? [])];
  }

  get(path: string, id: unknown): Stored | undefined {
    return this.#objects.get(path)?.get(Number(id));
  }

  /** Puts an object there without looking at it. */
  put(path: string, fields: Record<string, unknown>, id = this.#next()): Stored {
    const stored = { ...fields, id };
    const of = this.#objects.get(path) ?? new Map<number, Stored>();
    this.#objects.set(path, of.set(id, stored));
    return stored;
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  remove(path: string, id: number): void {
    this.#objects.get(path)?.delete(id);
  }

  /** What is wrong with an object as it would be; empty when it would be taken. */
  faults(path: string, fields: Record<string, unknown>, id?: number): Said {
    const rule = MODELS[path];
    const said: Said = {};
    const say = (field: string, words: string): void => {
      said[field] = [...(said[field] ?? []), words];
    };
    if (rule === undefined) return { detail: ['Not found.'] };
    for (const field of Object.keys(fields))
      if (field !== 'id' && rule.fields[field] === undefined) say(field, 'is no field that can be written');
    for (const [field, of] of Object.entries(rule.fields)) {
      const value = fields[field];
      if (value === undefined || value === null) {
        if ('required' in of && of.required === true) say(field, 'This field is required.');
      } else for (const fault of this.#fieldFaults(of, value)) say(field, fault);
    }
    if (Object.keys(said).length > 0) return said;
    for (const names of rule.unique)
      if (this.#isTaken(path, names, fields, id))
        say(names.length === 1 ? (names[0] ?? '') : '__all__', `an object with this ${names.join(' and ')} already exists.`);
    for (const [field, words] of this.#contradictions(path, fields, id)) say(field, words);
    return said;
  }

  /** What comes with a new object. */
  instantiate(path: string, object: Stored): void {
    if (path !== 'dcim/devices') return;
    for (const name of this.templates.get(Number(object['device_type'])) ?? [])
      this.put('dcim/interfaces', { device: object.id, name, type: 'other', enabled: true, mgmt_only: false, description: '' });
  }

  #fieldFaults(rule: FieldRule, value: unknown): string[] {
    switch (rule.is) {
      case 'text':
        if (typeof value !== 'string') return ['Not a valid string.'];
        if (value !== value.trim()) return ['it would be trimmed'];
        if (rule.required && value === '') return ['This field may not be blank.'];
        return [...value].length > rule.most ? [`Ensure this field has no more than ${rule.most} characters.`] : [];
      case 'slug':
        return typeof value === 'string' && /^[-a-zA-Z0-9_]{1,100}$/.test(value) ? [] : ['Enter a valid “slug”.'];
      case 'number':
        return typeof value === 'number' && value >= rule.least && value <= rule.most ? [] : ['A valid number is required.'];
      case 'truth':
        return typeof value === 'boolean' ? [] : ['Must be a valid boolean.'];
      case 'choice':
        return (rule.of instanceof RegExp ? rule.of.test(String(value)) : rule.of.includes(String(value)))
          ? []
          : [`"${value}" is not a valid choice.`];
      case 'ref':
        return this.get(rule.to, value) === undefined ? [`Related object not found using the provided numeric ID: ${value}`] : [];
      case 'generic-id':
        return typeof value === 'number' ? [] : ['A valid integer is required.'];
      case 'mac':
        return /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(String(value)) ? [] : ['Invalid MAC address format'];
      case 'address':
        return /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(String(value)) ? [] : ['Invalid IP address format'];
      case 'ends':
        return endsOf(value).every(({ object_type, object_id }) => this.get(pathOfModel(object_type) ?? '', object_id) !== undefined)
          ? []
          : ['Related object not found'];
    }
  }

  #isTaken(path: string, names: readonly string[], fields: Record<string, unknown>, id: number | undefined): boolean {
    const key = (of: Record<string, unknown>): string => JSON.stringify(names.map((name) => String(of[name]).toLowerCase()));
    if (names.some((name) => fields[name] === undefined || fields[name] === null || fields[name] === '')) return false;
    return this.all(path).some((one) => one.id !== id && key(one) === key(fields));
  }

  /** What NetBox's models look at beyond single fields. */
  *#contradictions(path: string, fields: Record<string, unknown>, id: number | undefined): Generator<readonly [string, string]> {
    const interfaceDevice = (ip: unknown): unknown =>
      this.get('dcim/interfaces', this.get('ipam/ip-addresses', ip)?.['assigned_object_id'])?.['device'];
    if (path === 'dcim/devices') {
      for (const field of ['primary_ip4', 'oob_ip'])
        if (fields[field] !== undefined && (id === undefined || interfaceDevice(fields[field]) !== id))
          yield [field, 'The specified IP address is not assigned to this device.'];
      if (fields['position'] !== undefined && (fields['face'] === undefined || fields['rack'] === undefined))
        yield ['face', 'Must specify rack face when defining rack position.'];
      const sameUnit = this.all(path).some(
        (one) => one.id !== id && one['rack'] === fields['rack'] && one['position'] === fields['position'],
      );
      if (fields['position'] !== undefined && sameUnit) yield ['position', `U${fields['position']} is already occupied`];
      const rack = this.get('dcim/racks', fields['rack']);
      if (rack !== undefined && rack['site'] !== fields['site']) yield ['rack', 'Rack does not belong to the site.'];
    }
    if (path === 'dcim/modules' && this.get('dcim/module-bays', fields['module_bay'])?.['device'] !== fields['device'])
      yield ['module_bay', 'Module must be installed within a module bay belonging to the assigned device'];
    if (
      path === 'dcim/interfaces' &&
      fields['primary_mac_address'] !== undefined &&
      this.get('dcim/mac-addresses', fields['primary_mac_address'])?.['assigned_object_id'] !== id
    )
      yield ['primary_mac_address', 'MAC address is assigned to a different interface'];
    const host = String(fields['address']).replace(/\/.*/, '');
    if (path === 'ipam/ip-addresses' && this.all(path).some((one) => one.id !== id && String(one['address']).replace(/\/.*/, '') === host))
      yield ['address', 'Duplicate IP address found in global table'];
    if (path === 'dcim/cables') {
      const ends = [...endsOf(fields['a_terminations']), ...endsOf(fields['b_terminations'])];
      if (ends.length !== 2) yield ['a_terminations', 'Must define both ends'];
      for (const { object_id } of ends) if (this.cableAt(object_id) !== undefined) yield ['a_terminations', 'Duplicate termination found'];
    }
  }

  cableAt(port: number): Stored | undefined {
    return this.all('dcim/cables').find((cable) =>
      [...endsOf(cable['a_terminations']), ...endsOf(cable['b_terminations'])].some(({ object_id }) => object_id === port),
    );
  }
}

export function endsOf(value: unknown): { object_type: string; object_id: number }[] {
  return Array.isArray(value) ? (value as { object_type: string; object_id: number }[]) : [];
}
