import { derivedFields, type RecordField, recordFields, unitOf } from './record-schema.ts';
import { RECORD_ROWS, type RecordRow } from './rows.ts';
import { TOLD_FIELDS } from './told-fields.ts';

/** docs/fields.md: the 92 facts of a machine with where each stands, then every field with unit, meaning and source. */
export function fieldsDocument(): string {
  const fields = recordFields();
  const bySource = new Map(fields.map((field) => [field.path, field]));
  return `# The fields of the node record

Made by \`make schema\` from the schema in src/domain; do not edit. A key that is missing means "not reported". The schema for
programs is [schema/node-record.schema.json](../schema/node-record.schema.json).

## What an inventory should know, and where it stands

Paths begin at \`sections\`, leave out \`data\`, and \`[]\` stands for each entry of a list.

| # | area | fact | in the record | tool and path |
|---|---|---|---|---|
${RECORD_ROWS.map((row) => rowLine(row, bySource)).join('\n')}

## Every field

| field | unit | meaning | source |
|---|---|---|---|
${fields.map(fieldLine).join('\n')}

## Beside the sections

Worked out from the sections when the record is made, and so of one machine only. \`evidence\` is a path of a field above. What shows only
beside other machines is in the tarball: \`findings.jsonl\` and \`identity.json\`.

| field | unit | meaning | source |
|---|---|---|---|
${derivedFields().map(fieldLine).join('\n')}
`;
}

function rowLine(row: RecordRow, fields: ReadonlyMap<string, RecordField>): string {
  const paths = row.at.map((path) => `\`${path}\``).join(', ');
  const sources = new Set(row.at.map((path) => fields.get(path)?.source).filter((source) => source !== undefined));
  const how = [[...sources].join('; '), row.why ?? ''].filter((part) => part !== '').join('. ');
  return line(String(row.number), row.area, row.field, paths === '' ? 'not yet' : paths, how);
}

function fieldLine(field: RecordField): string {
  const sources = [field.source, TOLD_FIELDS[field.path]].filter((source) => source !== undefined);
  return line(`\`${field.path}\``, unitOf(field) ?? '', field.description ?? '', sources.join(', '));
}

function line(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
