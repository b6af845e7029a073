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
