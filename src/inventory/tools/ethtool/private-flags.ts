/**
 * Whether the card's own firmware listens for LLDP, from `ethtool --show-priv-flags`: i40e has a flag that switches the agent off, ice one
 * that switches it on (Documentation/networking/device_drivers/ethernet/intel). Undefined for drivers without either.
 */
export function firmwareLldpAgent(text: string): boolean | undefined {
  const flag = (name: string): string | undefined => new RegExp(`^${name}\\s*:\\s*(on|off)\\s*$`, 'm').exec(text)?.[1];
  const off = flag('disable-fw-lldp');
  const on = flag('fw-lldp-agent');
  return off !== undefined ? off === 'off' : on !== undefined ? on === 'on' : undefined;
}
