<?php
/** Signs readers in to the discussion who are signed in here, by a token (RFC 7519, HS256) that holds for five minutes. */

defined( 'ABSPATH' ) || exit;

function postil_enqueue_sign_in( WP_Post $post ): void {
	if ( '' === postil_setting( 'sign_in_key' ) ) {
		return;
	}
	wp_enqueue_script( 'postil-sign-in', plugins_url( 'sign-in.js', __FILE__ ), array(), '1.0.0', true );
	$told = array(
		'login' => wp_login_url( get_permalink( $post ) ),
		// Pages of who is not signed in come from caches: they have nothing of anybody's in them.
		'token' => is_user_logged_in() ? rest_url( 'postil/v1/token' ) : null,
		'nonce' => is_user_logged_in() ? wp_create_nonce( 'wp_rest' ) : null,
	);
	wp_add_inline_script( 'postil-sign-in', 'window.postilSignIn = ' . wp_json_encode( $told ), 'before' );
}

function postil_routes(): void {
	register_rest_route(
		'postil/v1',
		'/token',
		array(
			'methods'             => 'GET',
			'callback'            => 'postil_token_route',
			'permission_callback' => 'is_user_logged_in',
		)
	);
}
add_action( 'rest_api_init', 'postil_routes' );

/** @return WP_REST_Response|WP_Error */
function postil_token_route() {
	$key = postil_key( postil_setting( 'sign_in_key' ) );
	if ( false === $key ) {
		return new WP_Error( 'postil_no_key', __( 'Postil has no key to sign in by.', 'postil' ), array( 'status' => 503 ) );
	}
	$answer = new WP_REST_Response( array( 'token' => postil_token( wp_get_current_user(), $key, time() ) ) );
	$answer->header( 'Cache-Control', 'private, no-store' );
	return $answer;
}

/** @param string $key the bytes */
function postil_token( WP_User $user, string $key, int $now ): string {
	$part   = static function ( array $value ): string {
		return postil_base64url( wp_json_encode( $value ) );
	};
	// No address: WordPress does not say whether it was verified, and Postil keeps only those that were.
	$claims = array(
		'aud'  => postil_setting( 'site' ),
		'sub'  => (string) $user->ID,
		'name'  => $user->display_name,
		'iat'  => $now,
		'exp'  => $now + 300,
		'jti'  => wp_generate_uuid4(),
	);
	$signed = $part( array( 'alg' => 'HS256' ) ) . '.' . $part( $claims );
	return $signed . '.' . postil_base64url( hash_hmac( 'sha256', $signed, $key, true ) );
}

function postil_base64url( string $bytes ): string {
	return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
}
