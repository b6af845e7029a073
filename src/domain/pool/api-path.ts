/** Below it lie all routes for people and programs. It stands alone so that the page need not carry the schemas. */
export const POOL_API = '/api/v1';

/** Where whoever sent something that a route does not take finds what it does. */
export const ROUTES_HINT = `${POOL_API}/openapi.json describes every route.`;
