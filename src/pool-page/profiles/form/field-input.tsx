import { definedOnly } from '../../../domain/values/defined-only.ts';
import { OptionField } from '../../change/option-field.tsx';
import { TextField } from '../../change/text-field.tsx';
import type { KnownPool } from '../../live/known.ts';
import { profileOptions } from '../../words/boot-options.ts';
import type { ProfileField } from './fields.ts';
import { imageOptions } from './image-options.ts';
import { firstBootParts } from './typed-profile.ts';

/** One field of a profile's form. */
export function FieldInput(props: { field: ProfileField; known: KnownPool; value: string; type: (value: string) => void }) {
  const { field, known, value, type } = props;
  const { label, hint, isNeeded } = field;
  const said = { label, value, ...definedOnly({ hint }) };
  // what is meant when nothing is said stands first
  if (field.control === 'option')
    return <OptionField {...said} value={value === '' ? (field.options[0]?.value ?? '') : value} options={field.options} choose={type} />;
  if (field.control === 'image')
    return <OptionField {...said} options={imageOptions(known.images, value, isNeeded === true)} choose={type} />;
  if (field.control === 'profile') {
    const options = [{ value: '', text: 'the first' }, ...profileOptions(known.profiles)];
    return <OptionField {...said} options={options} choose={type} />;
  }
  if (field.control === 'first-boot') return <FirstBoot {...{ label, value, type }} hint={hint ?? ''} />;
  return <TextField {...said} type={type} {...(field.control === 'lines' ? { rows: 3 } : {})} {...(isNeeded ? { isNeeded } : {})} />;
}

const WAYS = [
  { value: '', text: 'nothing' },
  { value: 'script', text: 'a script' },
  { value: 'ansiblePull', text: 'ansible-pull' },
  { value: 'puppet', text: 'Puppet' },
];
const GIVEN: Readonly<Record<string, string>> = {
  script: 'Script, below files/ of the pool',
  ansiblePull: 'Address of the playbooks',
  puppet: 'Name of the Puppet server',
};

function FirstBoot({ label, hint, value, type }: { label: string; hint: string; value: string; type: (value: string) => void }) {
  const { how, what } = firstBootParts(value);
  return (
    <>
      <OptionField {...{ label, hint }} value={how} options={WAYS} choose={(way) => type(way === '' ? '' : `${way} ${what}`)} />
      {how !== '' && <TextField label={GIVEN[how] ?? how} value={what} type={(text) => type(`${how} ${text}`)} isNeeded />}
    </>
  );
}
