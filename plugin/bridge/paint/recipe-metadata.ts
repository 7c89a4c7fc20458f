import type { TextureRecipe } from "../../paint/recipe.ts";

/** Where a texture's or a material's metadata holds its recipe. */
export const RECIPE_KEY = "textureRecipe";

/** The recipe in somebody's metadata, or null. */
export function recipeIn(metadata: unknown): TextureRecipe | null {
  const recipe = (metadata as Record<string, unknown> | null | undefined)?.[RECIPE_KEY];
  return (recipe as TextureRecipe | undefined) ?? null;
}

/** The metadata with that recipe, or without any; what else is there stays. A new object. */
export function withRecipe(metadata: unknown, recipe: TextureRecipe | null): Record<string, unknown> {
  const { [RECIPE_KEY]: _, ...others } = (metadata ?? {}) as Record<string, unknown>;
  return recipe ? { ...others, [RECIPE_KEY]: recipe } : others;
}
