import { MODELS, pathOfModel } from './netbox-models.ts';
import { endsOf, type NetboxStore, type Stored } from './netbox-store.ts';

/** An object as the API shows it: choices with their labels, other objects in short, and what is read-only. */
export function shownObject(store: NetboxStore, path: string, object: Stored): Record<string, unknown> {
  const rule = MODELS[path];
  const shown: Record<string, unknown> = {
    id: object.id,
    url: `http://other.invalid/api/${path}/${object.id}/`,
    display: displayOf(object),
  };
  for (const [field, of] of Object.entries(rule?.fields ?? {})) {
    const value = object[field] ?? null;
    if (of.is === 'choice' && !field.endsWith('_type')) shown[field] = value === null ? null : { value, label: String(value) };
    else if (of.is === 'ref') shown[field] = value === null ? null : inShort(store, of.to, value);
    else if (of.is === 'text' && value === null && field !== 'asset_tag') shown[field] = '';
    else if (of.is === 'mac') shown[field] = String(value).toUpperCase();
    else shown[field] = value;
  }
  return { ...shown, ...readOnly(store, path, object) };
}

function readOnly(store: NetboxStore, path: string, object: Stored): Record<string, unknown> {
  if (path === 'dcim/interfaces') {
    const cable = store.cableAt(object.id);
    const peers =
      cable === undefined
        ? []
        : [...endsOf(cable['a_terminations']), ...endsOf(cable['b_terminations'])].filter(({ object_id }) => object_id !== object.id);
    return {
      mac_address: store.get('dcim/mac-addresses', object['primary_mac_address'])?.['mac_address'] ?? null,
      cable: cable === undefined ? null : inShort(store, 'dcim/cables', cable.id),
      link_peers: peers.map(({ object_id }) => inShort(store, 'dcim/interfaces', object_id)),
    };
  }
  if (path === 'dcim/module-bays') {
    const module = store.all('dcim/modules').find((one) => one['module_bay'] === object.id);
    return {
      installed_module: module === undefined ? null : { id: module.id, display: displayOf(module), serial: module['serial'] ?? '' },
    };
  }
  if (path !== 'ipam/ip-addresses' && path !== 'dcim/mac-addresses') return {};
  const target = pathOfModel(String(object['assigned_object_type']));
  return { assigned_object: target === undefined ? null : inShort(store, target, object['assigned_object_id']) };
}

function inShort(store: NetboxStore, path: string, id: unknown): Record<string, unknown> | null {
  const object = store.get(path, id);
  if (object === undefined) return null;
  const device = path === 'dcim/interfaces' ? { device: inShort(store, 'dcim/devices', object['device']) } : {};
  return {
    id: object.id,
    url: `http://other.invalid/api/${path}/${object.id}/`,
    display: displayOf(object),
    name: object['name'],
    ...device,
  };
}

function displayOf(object: Stored): string {
  return String(object['name'] ?? object['model'] ?? object['address'] ?? object['mac_address'] ?? `#${object.id}`);
}
