/** Something that is in the way of a head node, for people. */
export interface HeadFault {
  code:
    | 'interface'
    | 'same-side'
    | 'subnet-taken'
    | 'port-used'
    | 'foreign-server'
    | 'probe-failed'
    | 'firewall'
    | 'manager'
    | 'disk'
    | 'clock'
    | 'loader'
    | 'program'
    | 'system'
    | 'user'
    | 'image'
    | 'certificate'
    | 'pool'
    | 'place';
  /** one sentence: what is, and where */
  message: string;
  /** what to try */
  hint: string;
  /** `stops`: an install is refused. `warns`: something will not work. `cured`: an install does it. `note`: good to know */
  weight: 'stops' | 'warns' | 'cured' | 'note';
}

/** Whether a check with this ends well. */
export function isFault({ weight }: Pick<HeadFault, 'weight'>): boolean {
  return weight === 'stops' || weight === 'warns';
}
