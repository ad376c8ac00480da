/** Where an administrator allows a registration for everybody, in the directory that the person signs in to there. */
export function consentLink(clientId: string): string {
  const id = clientId.trim();
  return id ? `https://login.microsoftonline.com/organizations/adminconsent?client_id=${encodeURIComponent(id)}` : '';
}
