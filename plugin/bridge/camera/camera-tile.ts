import type { Color4 } from "@babylonjs/core/Maths/math.color.js";
import type { AbstractMesh } from "@babylonjs/core/Meshes/abstractMesh.js";
import type { TransformNode } from "@babylonjs/core/Meshes/transformNode.js";
import type { RenderTargetTexture } from "@babylonjs/core/Materials/Textures/renderTargetTexture.js";
import { ObjectRenderer } from "@babylonjs/core/Rendering/objectRenderer.js";
import type { Scene } from "@babylonjs/core/scene.js";
import { isPartOf } from "../../scene/tags.ts";
import { Eye, type EyeOptions } from "./eye.ts";
import { PictureStack, type PictureShape } from "./picture-stack.ts";

/** What a tile shows. */
export interface TileOptions extends EyeOptions, PictureShape {
  /** Whether the picture is read at once when it is asked for. */
  readonly exact: boolean;
  /** Nodes that it does not see, with all that is parented to them. */
  readonly hides: readonly TransformNode[];
}

/** One agent's part of the texture in which all agents' cameras draw. */
export class CameraTile {
  readonly node: TransformNode;
  readonly options: TileOptions;
  readonly eye: Eye;
  /** The newest pictures that arrived in ordinary memory. */
  readonly pictures: PictureStack;
  /** Lower left corner in the texture, in pixels. */
  x = 0;
  y = 0;
  /** Whether the agent wants a picture of this frame. */
  isWanted = false;
  /** Whether somebody wants the next picture in ordinary memory. */
  isAsked = false;
  /** How often its picture was asked for since the last frame. */
  asks = 0;
  /** Whether it has been drawn since the episode began. */
  isDrawn = false;
  isDisposed = false;
  /** Counts the episodes: pictures of earlier ones are not taken any more. */
  episode = 0;
  /** One per tile: on WebGPU instances and bindings belong to a renderer. */
  readonly #renderer: ObjectRenderer;
  readonly #seen: AbstractMesh[] = [];
  #isChecking = false;
  #isReady = false;

  constructor(name: string, node: TransformNode, options: TileOptions) {
    const scene = node.getScene();
    this.node = node;
    this.options = options;
    this.eye = new Eye(name, scene, options);
    this.pictures = new PictureStack(options);
    this.#renderer = new ObjectRenderer(name, scene);
    this.#renderer.activeCamera = this.eye;
    this.#renderer.getCustomRenderList = () => this.#gather(scene);
  }

  /** Starts an episode: what was seen before does not count. */
  forget(): void {
    this.episode += 1;
    this.isDrawn = false;
    this.pictures.clear();
  }

  /** Whether everything that it may see can be drawn: shaders take some frames to compile. Once true, it stays so. */
  isReady(atlas: { readonly width: number; readonly height: number }): boolean {
    if (this.#isReady) return true;
    this.eye.aim(this.node);
    this.#isChecking = true;
    this.#isReady = this.#renderer.isReadyForRendering(atlas.width, atlas.height);
    this.#isChecking = false;
    return this.#isReady;
  }

  /** Draws what the agent sees now. World matrices must be up to date. */
  draw(target: RenderTargetTexture, background: Color4): void {
    const scene = this.node.getScene();
    const engine = scene.getEngine();
    const { width, height } = this.options;
    const { width: atlasWidth, height: atlasHeight } = target.getSize();
    const wrapper = target.renderTarget;
    if (!wrapper) return;
    this.eye.aim(this.node);
    this.#renderer.prepareRenderList();
    this.#renderer.initRender(atlasWidth, atlasHeight);
    scene.incrementRenderId();
    engine.bindFramebuffer(wrapper);
    // So that its neighbours stay: clearing takes the whole texture otherwise.
    engine.enableScissor(this.x, this.y, width, height);
    engine.clear(background, true, true, true);
    this.#renderer.render();
    engine.disableScissor();
    engine.unBindFramebuffer(wrapper);
    this.#renderer.finishRender();
    this.isWanted = false;
    this.isDrawn = true;
  }

  /** Frees what it draws with. */
  dispose(): void {
    this.isDisposed = true;
    this.#renderer.dispose();
    this.eye.dispose();
  }

  /** Meshes in its view; without a renderer of its own a scene looks for those only along its own cameras. */
  #gather(scene: Scene): AbstractMesh[] {
    const { layerMask, hides } = this.options;
    const seen = this.#seen;
    seen.length = 0;
    for (const mesh of scene.meshes) {
      if ((mesh.layerMask & layerMask) === 0 || !mesh.isVisible || !mesh.isEnabled()) continue;
      if ((mesh.reservedDataStore as { hiddenFromAgents?: boolean } | null)?.hiddenFromAgents === true) continue;
      if (hides.some((node) => isPartOf(mesh, node))) continue;
      if (!this.#isChecking && !mesh.alwaysSelectAsActiveMesh && !mesh.isInFrustum(scene.frustumPlanes)) continue;
      seen.push(mesh);
    }
    return seen;
  }
}
