<?php
/**
 * Sends posts to Postil as they are published and edited, so that threads follow the text at once. Signed as Standard Webhooks
 * (https://www.standardwebhooks.com/) does it.
 */

defined( 'ABSPATH' ) || exit;

/** Seconds before a push that failed is tried again, and again. */
const POSTIL_RETRIES = array( 60, 600, 3600 );

/** After a post was saved: in the background, so that saving waits for nobody. */
function postil_saved( int $post_id, WP_Post $post ): void {
	if ( '' === postil_setting( 'push_key' ) || ! postil_is_set_up() ) {
		return;
	}
	if ( 'publish' !== $post->post_status || '' !== $post->post_password || ! in_array( $post->post_type, postil_setting( 'types' ), true ) ) {
		return;
	}
	wp_schedule_single_event( time(), 'postil_push', array( $post_id, 0 ) );
}
add_action( 'wp_after_insert_post', 'postil_saved', 10, 2 );

function postil_push( int $post_id, int $attempt ): void {
	$post = get_post( $post_id );
	$key  = postil_key( postil_setting( 'push_key' ) );
	if ( ! $post || false === $key || 'publish' !== $post->post_status || '' !== $post->post_password ) {
		return;
	}
	$body      = wp_json_encode( postil_article( $post ) );
	$id        = wp_generate_uuid4();
	$timestamp = (string) time();
	$answer    = wp_remote_request(
		sprintf( '%s/v1/sites/%s/articles', postil_setting( 'server' ), rawurlencode( postil_setting( 'site' ) ) ),
		array(
			'method'      => 'PUT',
			'timeout'     => 20,
			'redirection' => 0,
			'body'        => $body,
			'headers'     => array(
				'content-type'      => 'application/json',
				'webhook-id'        => $id,
				'webhook-timestamp' => $timestamp,
				'webhook-signature' => 'v1,' . base64_encode( hash_hmac( 'sha256', "$id.$timestamp.$body", $key, true ) ),
			),
		)
	);
	$status    = is_wp_error( $answer ) ? 0 : wp_remote_retrieve_response_code( $answer );
	if ( $status >= 200 && $status < 300 ) {
		return;
	}
	$why = is_wp_error( $answer ) ? $answer->get_error_message() : $status . ' ' . wp_remote_retrieve_body( $answer );
	error_log( sprintf( 'Postil did not take post %d: %s', $post_id, substr( $why, 0, 500 ) ) ); // phpcs:ignore WordPress.PHP.DevelopmentFunctions
	// What is wrong with the post or the key is not mended by waiting.
	$may_pass = 0 === $status || 429 === $status || $status >= 500;
	if ( $may_pass && isset( POSTIL_RETRIES[ $attempt ] ) ) {
		wp_schedule_single_event( time() + POSTIL_RETRIES[ $attempt ], 'postil_push', array( $post_id, $attempt + 1 ) );
	}
}
add_action( 'postil_push', 'postil_push', 10, 2 );

/** The post as its page shows it, without the theme around it. */
function postil_article( WP_Post $post ): array {
	// Shortcodes and blocks ask for the post that is shown.
	$before          = $GLOBALS['post'] ?? null;
	$GLOBALS['post'] = $post; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
	setup_postdata( $post );
	$title   = get_the_title( $post );
	$content = apply_filters( 'the_content', $post->post_content );
	$GLOBALS['post'] = $before; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
	wp_reset_postdata();
	return array(
		'url'         => get_permalink( $post ),
		'title'       => html_entity_decode( wp_strip_all_tags( $title ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ),
		'language'    => get_bloginfo( 'language' ),
		'publishedAt' => get_post_time( 'c', true, $post ),
		'html'        => "<!doctype html><title>$title</title><article>$content</article>",
	);
}
