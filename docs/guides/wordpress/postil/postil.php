<?php
/**
 * Plugin Name: Postil
 * Description: Discussions beside the paragraphs of your posts, on your own Postil server.
 * Version: 1.0.0
 * Requires at least: 6.0
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: postil
 */

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/settings.php';
require_once __DIR__ . '/token.php';
require_once __DIR__ . '/push.php';

/** The post whose page this is, where it has a discussion; else null. */
function postil_post(): ?WP_Post {
	$post = is_singular( postil_setting( 'types' ) ) ? get_queried_object() : null;
	if ( ! $post instanceof WP_Post || ! postil_is_set_up() || post_password_required( $post ) ) {
		return null;
	}
	return 'publish' === $post->post_status ? $post : null;
}

/** Puts the script tag into the pages of posts. */
function postil_enqueue(): void {
	$post = postil_post();
	if ( ! $post ) {
		return;
	}
	// The version is the server's affair: `embed@1.js` stays what it is.
	wp_enqueue_script( 'postil', postil_setting( 'server' ) . '/embed@1.js', array(), null, false );
	postil_enqueue_sign_in( $post );
}
add_action( 'wp_enqueue_scripts', 'postil_enqueue' );

/** Says on the tag which discussion it is. */
function postil_tag( string $tag, string $handle ): string {
	$post = 'postil' === $handle ? postil_post() : null;
	if ( ! $post ) {
		return $tag;
	}
	$said = array(
		'type'       => 'module',
		'src'        => postil_setting( 'server' ) . '/embed@1.js',
		'data-site'  => postil_setting( 'site' ),
		'data-url'   => get_permalink( $post ),
		'data-title' => wp_strip_all_tags( get_the_title( $post ) ),
	);
	if ( '' !== postil_setting( 'selector' ) ) {
		$said['data-article-selector'] = postil_setting( 'selector' );
	}
	// Who is not signed in here is not there either; who is gets a token from sign-in.js.
	if ( '' !== postil_setting( 'sign_in_key' ) && ! is_user_logged_in() ) {
		$said['data-token'] = '';
	}
	$attributes = '';
	foreach ( $said as $name => $value ) {
		$attributes .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
	}
	return "<script$attributes></script>\n"; // phpcs:ignore WordPress.WP.EnqueuedResources
}
add_filter( 'script_loader_tag', 'postil_tag', 10, 2 );

/** Where Postil takes the place of WordPress's own comments, none can be written and the old ones are not shown. */
function postil_closes( bool $open, $post_id ): bool {
	return $open && ! ( postil_replaces_comments() && in_array( get_post_type( $post_id ), postil_setting( 'types' ), true ) );
}
add_filter( 'comments_open', 'postil_closes', 10, 2 );

/** @param WP_Comment[] $comments */
function postil_hides( array $comments, $post_id ): array {
	return postil_replaces_comments() && in_array( get_post_type( $post_id ), postil_setting( 'types' ), true ) ? array() : $comments;
}
add_filter( 'comments_array', 'postil_hides', 10, 2 );

function postil_replaces_comments(): bool {
	return postil_is_set_up() && '1' === postil_setting( 'replaces' );
}
