// Package identity is the identity provider of the sample organization: OpenID Connect and OAuth 2 with
// the manners of Microsoft Entra ID, and with real sign-in pages that a person can use.
//
// It is the honest other side of Sightline's sign-in. Its worth is Entra's awkward behaviour, which the
// product has to survive: tenants in the path, a persistent cookie that signs in SILENTLY when the
// browser knows exactly one person, a picker when it knows several, guests whose object id differs from
// the one at home, personal accounts that are refused, pages that end in a refusal without telling the
// program, refresh tokens that stay valid after they were replaced, and errors numbered AADSTS….
//
// It imports nothing of the product, holds no real secret (the passwords are sample data, printed on the
// sign-in page) and keeps everything in memory. It must only ever listen on this computer.
package identity
