/** Below it lie all routes for people and programs. It stands alone so that the page need not carry the schemas. */
export const POOL_API = '/api/v1';
