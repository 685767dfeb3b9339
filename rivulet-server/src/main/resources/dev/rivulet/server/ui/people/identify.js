/** Ways to make somebody known, for the page that has nobody to show. */
export const identifyWays = {
  "an event": (at, query) => `curl ${at}/api/v1/events${query} \\
  -H "Authorization: Bearer $RIVULET_WRITE_KEY" \\
  -d '{"event": "signup", "user": "u1", "properties": {"plan": "pro"}}'`,
  "traits, by curl": (at, query) => `curl ${at}/v1/identify${query} \\
  -H "Authorization: Bearer $RIVULET_WRITE_KEY" \\
  -d '{"userId": "u1", "traits": {"name": "Ada", "plan": "pro"}}'`,
  "traits, by Segment's library": (at) => `const analytics = new Analytics({ writeKey: WRITE_KEY, host: "${at}" });
analytics.identify({ userId: "u1", traits: { name: "Ada", plan: "pro" } });`,
};
