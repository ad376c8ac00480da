import type { OrganizationCheck } from '../../../backend/types';

/** The host that a token would travel to unencrypted, or ''. What stays on this computer needs no encryption. */
export function unencryptedHost(organization: OrganizationCheck | undefined): string {
  if (!organization?.ok || !URL.canParse(organization.url)) return '';
  const url = new URL(organization.url);
  const here = url.hostname === 'localhost' || url.hostname === '[::1]' || url.hostname.startsWith('127.');
  return url.protocol === 'http:' && !here ? url.host : '';
}
