/**
 * A kernel command line without what opens a door: iSCSI and CIFS passwords (dracut.cmdline(7)), credentials (systemd.set_credential=,
 * systemd-creds(1)), and user names with passwords in addresses. That such an argument was there stays.
 */
export function withoutSecretArguments(commandLine: Buffer): Buffer {
  const text = commandLine.toString('latin1').replaceAll(SECRET_ARGUMENT, '$1***').replaceAll(LOGIN_IN_ADDRESS, '$1***@');
  return Buffer.from(text, 'latin1');
}

/** The kernel takes a value in double quotes with blanks in it (Documentation/admin-guide/kernel-parameters.rst). */
const SECRET_ARGUMENT = /((?:^|\s)"?[\w.-]*(?:pass|pw|secret|credential|token|psk)[\w.-]*=)("[^"]*"|\S*)/gi;
/** `http://user:password@server/`, and dracut's `iscsi:user:password@server:…`. */
const LOGIN_IN_ADDRESS = /(\/\/|=iscsi:)[^\s/@]*:[^\s/@]*@/g;
