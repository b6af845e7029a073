import { visibleText } from '../domain/values/visible-text.ts';

/** Text as HTML: what a machine says about itself never becomes markup, and nothing in it has a browser show it otherwise than it is. */
export function escapeHtml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A cell of a table; an em dash for what was not reported. */
export function cell(value: string | number | undefined, className?: string): string {
  const attribute = className === undefined ? '' : ` class="${className}"`;
  return `<td${attribute}>${value === undefined || value === '' ? '—' : escapeHtml(String(value))}</td>`;
}

/** A machine's address as a link to its details further down on the page. */
export function machineLink(mac: string): string {
  return `<a href="#${escapeHtml(machineAnchor(mac))}">${escapeHtml(mac)}</a>`;
}

/** The id of a machine's details. */
export function machineAnchor(mac: string): string {
  return mac.replaceAll(':', '-');
}

/** `137438953472` as `128 GiB`; for memory. */
export function binarySize(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

/** `480103981056` as `480 GB`; for disks, which are sold so. */
export function decimalSize(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
}

function scaled(bytes: number, step: number, units: readonly string[]): string {
  let value = bytes;
  let unit = 0;
  while (value >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}
