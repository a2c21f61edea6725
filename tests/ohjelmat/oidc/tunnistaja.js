// A strict OpenID provider of a kunta: one registered client, its secret and its one address, PKCE demanded.
// node tunnistaja.js '{"portti", "client", "salaisuus", "paluu", "henkilot": a file of {sub: claims}, read at each use}'

import { readFileSync } from "node:fs";
import { Provider } from "oidc-provider";

const { portti, client, salaisuus, paluu, henkilot } = JSON.parse(process.argv[2]);
const issuer = `http://localhost:${portti}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client,
      client_secret: salaisuus,
      redirect_uris: [paluu],
      grant_types: ["authorization_code"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_post",
    },
  ],
  pkce: { required: () => true },
  scopes: ["openid", "profile", "email", "groups"],
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"], groups: ["groups"] },
  findAccount(_context, sub) {
    const told = JSON.parse(readFileSync(henkilot, "utf8"))[sub] ?? {};
    return { accountId: sub, claims: () => ({ sub, ...told }) };
  },
});

provider.listen(portti, "127.0.0.1", () => console.log("valmis"));
