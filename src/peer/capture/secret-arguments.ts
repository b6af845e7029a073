/**
 * A kernel command line without what opens a door: iSCSI, CIFS and NVMe passwords (dracut.cmdline(7)), credentials (systemd.set_credential=,
 * systemd-creds(1)), keys and tokens, user names with passwords in addresses, and what stands behind the question mark of one, where signatures of
 * object stores are. That such an argument was there stays.
 */
export function withoutSecretArguments(commandLine: Buffer): Buffer {
  const text = commandLine
    .toString('latin1')
    .replaceAll(SECRET_IN_QUOTES, '$1***"')
    .replaceAll(SECRET_ARGUMENT, '$1***')
    .replaceAll(SECRET_OPTION, '$1***')
    .replaceAll(LOGIN_IN_ADDRESS, '$1***@')
    .replaceAll(QUERY_OF_ADDRESS, '$1***');
  return Buffer.from(text, 'latin1');
}

/** In the name of an argument, or of one of its options. `iommu.passthrough` and `vconsole.keymap` are none. */
const SECRET =
  '[\\w./-]*(?:pass(?!through)|pw|secret|cred|token|psk|auth|community|snmp|key(?!map|board|table)|(?<![a-z])pin(?![a-z]))[\\w./-]*=';
/** The kernel takes quotes around the whole of an argument too (Documentation/admin-guide/kernel-parameters.rst). */
const SECRET_IN_QUOTES = new RegExp(`((?:^|\\s)"${SECRET})[^"]*"?`, 'gi');
/** It takes a value in double quotes with blanks in it. */
const SECRET_ARGUMENT = new RegExp(`((?:^|\\s)${SECRET})("[^"]*"|\\S*)`, 'gi');
/** `nfsroot=server:/path,password=x`. */
const SECRET_OPTION = new RegExp(`([,;?&]${SECRET})[^\\s,;&"]*`, 'gi');
/** `http://user:password@server/`, dracut's `iscsi:user:password@server:…`, `proxy=user:password@server`. */
const LOGIN_IN_ADDRESS = /(\/\/|=iscsi:(?=[^\s/@]*:)|proxy=)[^\s/]*@/gi;
const QUERY_OF_ADDRESS = /([a-z]:\/\/[^\s?"]*\?)[^\s"]*/gi;
