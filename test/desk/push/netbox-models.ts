/** What the API of NetBox takes for a field, after its serializers and models (netbox/dcim/api/serializers_, netbox/dcim/models, 4.2 to 4.7). */
export type FieldRule =
  | { is: 'text'; most: number; required?: true }
  | { is: 'slug'; required: true }
  | { is: 'number'; least: number; most: number }
  | { is: 'truth' }
  | { is: 'choice'; of: readonly string[] | RegExp; required?: true }
  | { is: 'ref'; to: string; required?: true }
  /** number of an object whose kind stands in another field */
  | { is: 'generic-id' }
  | { is: 'mac'; required: true }
  | { is: 'address'; required: true }
  | { is: 'ends' };

export interface ModelRule {
  model: string;
  fields: Readonly<Record<string, FieldRule>>;
  /** fields that together are there once; lower case counts as the same where NetBox says so */
  unique: readonly (readonly string[])[];
  brief: readonly string[];
  filters: readonly string[];
}

const NAME_AND_SLUG = { name: { is: 'text', most: 100, required: true }, slug: { is: 'slug', required: true } } as const;
const DESCRIPTION = { description: { is: 'text', most: 200 } } as const;
const DEVICE = { device: { is: 'ref', to: 'dcim/devices', required: true } } as const;
const PART_NAME = { name: { is: 'text', most: 64, required: true } } as const;
const NAMED = ['id', 'url', 'display', 'name', 'slug', 'description'];
const COLOR = { color: { is: 'choice', of: /^[0-9a-f]{6}$/ } } as const;
const ON = {
  assigned_object_type: { is: 'choice', of: ['dcim.interface', 'virtualization.vminterface'] },
  assigned_object_id: { is: 'generic-id' },
} as const;
const MANUFACTURER = { manufacturer: { is: 'ref', to: 'dcim/manufacturers', required: true } } as const;
const TYPE_BRIEF = ['id', 'url', 'display', 'manufacturer', 'model', 'slug', 'description'];
const INTERFACE_TYPES =
  /^(other|virtual|100base-tx|1000base-t|2\.5gbase-t|5gbase-t|10gbase-t|1000base-x-sfp|10gbase-x-sfpp|25gbase-x-sfp28|40gbase-x-qsfpp|100gbase-x-qsfp28|200gbase-x-qsfp56|400gbase-x-qsfpdd|infiniband-[a-z]+)$/;

export const MODELS: Readonly<Record<string, ModelRule>> = {
  'dcim/sites': model('dcim.site', { ...NAME_AND_SLUG, status: { is: 'choice', of: ['active', 'planned'] } }, [['name'], ['slug']], NAMED),
  'dcim/manufacturers': model('dcim.manufacturer', { ...NAME_AND_SLUG, ...DESCRIPTION }, [['name'], ['slug']], NAMED),
  'dcim/device-roles': model('dcim.devicerole', { ...NAME_AND_SLUG, ...COLOR }, [['name'], ['slug']], NAMED),
  'dcim/inventory-item-roles': model('dcim.inventoryitemrole', { ...NAME_AND_SLUG, ...COLOR }, [['name'], ['slug']], NAMED),
  'dcim/device-types': model(
    'dcim.devicetype',
    {
      ...MANUFACTURER,
      model: { is: 'text', most: 100, required: true },
      slug: { is: 'slug', required: true },
      u_height: { is: 'number', least: 0, most: 999 },
    },
    [
      ['manufacturer', 'model'],
      ['manufacturer', 'slug'],
    ],
    TYPE_BRIEF,
  ),
  'dcim/module-types': model(
    'dcim.moduletype',
    { ...MANUFACTURER, model: { is: 'text', most: 100, required: true }, part_number: { is: 'text', most: 50 } },
    [['manufacturer', 'model']],
    TYPE_BRIEF,
  ),
  'dcim/racks': model(
    'dcim.rack',
    {
      name: { is: 'text', most: 100, required: true },
      site: { is: 'ref', to: 'dcim/sites', required: true },
      status: { is: 'choice', of: ['active'] },
    },
    [['site', 'name']],
    ['id', 'url', 'display', 'name', 'description'],
    ['name__ie'],
  ),
  'dcim/devices': model(
    'dcim.device',
    {
      ...{ name: { is: 'text', most: 64 }, role: { is: 'ref', to: 'dcim/device-roles', required: true } },
      ...{ device_type: { is: 'ref', to: 'dcim/device-types', required: true }, site: { is: 'ref', to: 'dcim/sites', required: true } },
      ...{ serial: { is: 'text', most: 50 }, asset_tag: { is: 'text', most: 50 }, status: { is: 'choice', of: ['active', 'planned'] } },
      ...{
        rack: { is: 'ref', to: 'dcim/racks' },
        position: { is: 'number', least: 0.5, most: 999 },
        face: { is: 'choice', of: ['front', 'rear'] },
      },
      ...{ primary_ip4: { is: 'ref', to: 'ipam/ip-addresses' }, oob_ip: { is: 'ref', to: 'ipam/ip-addresses' } },
    },
    [['site', 'name'], ['asset_tag']],
    ['id', 'url', 'display', 'name', 'description'],
    ['serial', 'name__ie', 'asset_tag'],
  ),
  'dcim/interfaces': model(
    'dcim.interface',
    {
      ...{ ...DEVICE, ...PART_NAME, ...DESCRIPTION, type: { is: 'choice', of: INTERFACE_TYPES, required: true } },
      ...{ enabled: { is: 'truth' }, mgmt_only: { is: 'truth' }, speed: { is: 'number', least: 0, most: 2_147_483_647 } },
      primary_mac_address: { is: 'ref', to: 'dcim/mac-addresses' },
    },
    [['device', 'name']],
    [],
    ['device_id'],
  ),
  'dcim/mac-addresses': model('dcim.macaddress', { mac_address: { is: 'mac', required: true }, ...ON }, [], [], ['device_id']),
  'dcim/module-bays': model('dcim.modulebay', { ...DEVICE, ...PART_NAME, ...DESCRIPTION }, [['device', 'name']], [], ['device_id']),
  'dcim/modules': model(
    'dcim.module',
    {
      ...{ ...DEVICE, ...DESCRIPTION, module_bay: { is: 'ref', to: 'dcim/module-bays', required: true } },
      ...{
        module_type: { is: 'ref', to: 'dcim/module-types', required: true },
        status: { is: 'choice', of: ['active'] },
        serial: { is: 'text', most: 50 },
      },
    },
    [['module_bay']],
    [],
    ['device_id'],
  ),
  'dcim/inventory-items': model(
    'dcim.inventoryitem',
    {
      ...{ ...DEVICE, ...PART_NAME, ...DESCRIPTION, role: { is: 'ref', to: 'dcim/inventory-item-roles' }, discovered: { is: 'truth' } },
      ...{ manufacturer: { is: 'ref', to: 'dcim/manufacturers' }, part_id: { is: 'text', most: 50 }, serial: { is: 'text', most: 50 } },
    },
    [['device', 'name']],
    [],
    ['device_id'],
  ),
  'ipam/ip-addresses': model(
    'ipam.ipaddress',
    { address: { is: 'address', required: true }, status: { is: 'choice', of: ['active', 'reserved'] }, ...ON },
    [],
    [],
    ['device_id', 'address'],
  ),
  'dcim/cables': model(
    'dcim.cable',
    { a_terminations: { is: 'ends' }, b_terminations: { is: 'ends' }, status: { is: 'choice', of: ['connected', 'planned'] } },
    [],
    ['id', 'url', 'display', 'label', 'description'],
  ),
};

function model(
  name: string,
  fields: ModelRule['fields'],
  unique: ModelRule['unique'],
  brief: readonly string[],
  filters: readonly string[] = [],
): ModelRule {
  return { model: name, fields, unique, brief, filters };
}

/** Where the objects of a model lie. */
export function pathOfModel(model: string): string | undefined {
  return Object.entries(MODELS).find(([, rule]) => rule.model === model)?.[0];
}
