import type { Role } from "@/shared/api/shapes";

/** Each may do what those before it may. */
export const ROLES: readonly Role[] = ["listener", "maker", "corrector", "admin"];
