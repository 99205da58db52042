<?php
/** What the site says in Settings → Postil. */

defined( 'ABSPATH' ) || exit;

const POSTIL_DEFAULTS = array(
	'server'      => '',
	'site'        => '',
	'types'       => array( 'post' ),
	'selector'    => '.entry-content',
	'replaces'    => '1',
	'push_key'    => '',
	'sign_in_key' => '',
);

/** @return string|string[] */
function postil_setting( string $name ) {
	$kept = get_option( 'postil', array() );
	return array_merge( POSTIL_DEFAULTS, is_array( $kept ) ? $kept : array() )[ $name ];
}

function postil_is_set_up(): bool {
	return '' !== postil_setting( 'server' ) && '' !== postil_setting( 'site' );
}

function postil_register_settings(): void {
	register_setting( 'postil', 'postil', array( 'sanitize_callback' => 'postil_checked' ) );
}
add_action( 'admin_init', 'postil_register_settings' );

function postil_menu(): void {
	add_options_page( 'Postil', 'Postil', 'manage_options', 'postil', 'postil_settings_page' );
}
add_action( 'admin_menu', 'postil_menu' );

/** What may be kept of what was typed; what may not stays as it was, and the page says why. */
function postil_checked( $typed ): array {
	$kept  = array();
	$typed = is_array( $typed ) ? wp_unslash( $typed ) : array();
	foreach ( POSTIL_DEFAULTS as $name => $default ) {
		$kept[ $name ] = postil_setting( $name );
	}
	$text = static function ( string $name ) use ( $typed ): string {
		return is_string( $typed[ $name ] ?? null ) ? trim( $typed[ $name ] ) : '';
	};

	$server = untrailingslashit( esc_url_raw( $text( 'server' ), array( 'https', 'http' ) ) );
	if ( '' === $server || preg_match( '~^https?://[^/?#]+$~', $server ) ) {
		$kept['server'] = $server;
	} else {
		add_settings_error( 'postil', 'server', __( 'The server is an address without a path, like https://postil.example.', 'postil' ) );
	}
	if ( preg_match( '~^[a-z0-9-]*$~', $text( 'site' ) ) ) {
		$kept['site'] = $text( 'site' );
	} else {
		add_settings_error( 'postil', 'site', __( 'The short name has small letters, digits and hyphens only.', 'postil' ) );
	}
	foreach ( array( 'push_key', 'sign_in_key' ) as $name ) {
		$key = $text( $name );
		// An empty field leaves the key that is there: it is never shown again.
		if ( '' !== $key && false === postil_key( $key ) ) {
			add_settings_error( 'postil', $name, __( 'A key begins with whsec_. Copy all of it.', 'postil' ) );
		} elseif ( '' !== $key ) {
			$kept[ $name ] = $key;
		}
		if ( ! empty( $typed[ "forget_$name" ] ) ) {
			$kept[ $name ] = '';
		}
	}
	$types            = isset( $typed['types'] ) && is_array( $typed['types'] ) ? $typed['types'] : array();
	$kept['types']    = array_values( array_intersect( get_post_types( array( 'public' => true ) ), $types ) );
	$kept['selector'] = sanitize_text_field( $text( 'selector' ) );
	$kept['replaces'] = empty( $typed['replaces'] ) ? '' : '1';
	return $kept;
}

/** @return string|false the bytes of a key of Postil's; false where it is none */
function postil_key( string $key ) {
	if ( 0 !== strpos( $key, 'whsec_' ) ) {
		return false;
	}
	$bytes = base64_decode( substr( $key, 6 ), true );
	return is_string( $bytes ) && strlen( $bytes ) >= 24 ? $bytes : false;
}

function postil_settings_page(): void {
	?>
	<div class="wrap">
		<h1>Postil</h1>
		<form method="post" action="options.php">
			<?php settings_fields( 'postil' ); ?>
			<table class="form-table" role="presentation">
				<?php
				postil_row( 'server', __( 'Server', 'postil' ), 'https://postil.example', __( 'Where your Postil answers.', 'postil' ) );
				postil_row( 'site', __( 'Site', 'postil' ), 'my-site', __( 'The short name that postil site made.', 'postil' ) );
				postil_types_row();
				postil_row( 'selector', __( 'Article', 'postil' ), '.entry-content', __( 'A CSS selector for the text of a post. Themes call it .entry-content; empty, Postil looks for the text by itself.', 'postil' ) );
				?>
				<tr>
					<th scope="row"><?php esc_html_e( 'Comments', 'postil' ); ?></th>
					<td><label><input type="checkbox" name="postil[replaces]" value="1" <?php checked( postil_setting( 'replaces' ), '1' ); ?>>
					<?php esc_html_e( 'Postil takes the place of WordPress’s own comments. Nothing is deleted.', 'postil' ); ?></label></td>
				</tr>
				<?php
				postil_key_row( 'push_key', __( 'Key to push', 'postil' ), __( 'Sends posts to Postil as they are published and edited: postil key push.', 'postil' ) );
				postil_key_row( 'sign_in_key', __( 'Key to sign in', 'postil' ), __( 'Signs your readers in with their account here: postil key sign_in.', 'postil' ) );
				?>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}

function postil_row( string $name, string $label, string $example, string $help ): void {
	printf(
		'<tr><th scope="row"><label for="postil-%1$s">%2$s</label></th><td><input class="regular-text" id="postil-%1$s" name="postil[%1$s]" value="%3$s" placeholder="%4$s" aria-describedby="postil-%1$s-help"><p class="description" id="postil-%1$s-help">%5$s</p></td></tr>',
		esc_attr( $name ),
		esc_html( $label ),
		esc_attr( postil_setting( $name ) ),
		esc_attr( $example ),
		esc_html( $help )
	);
}

function postil_key_row( string $name, string $label, string $help ): void {
	$is_there = '' !== postil_setting( $name );
	printf(
		'<tr><th scope="row"><label for="postil-%1$s">%2$s</label></th><td><input class="regular-text" type="password" autocomplete="off" id="postil-%1$s" name="postil[%1$s]" placeholder="%3$s" aria-describedby="postil-%1$s-help"><p class="description" id="postil-%1$s-help">%4$s</p>%5$s</td></tr>',
		esc_attr( $name ),
		esc_html( $label ),
		esc_attr( $is_there ? __( 'kept; type another one to change it', 'postil' ) : 'whsec_…' ),
		esc_html( $help ),
		$is_there ? sprintf( '<label><input type="checkbox" name="postil[forget_%s]" value="1"> %s</label>', esc_attr( $name ), esc_html__( 'Forget it', 'postil' ) ) : ''
	);
}

function postil_types_row(): void {
	echo '<tr><th scope="row">' . esc_html__( 'Discussed', 'postil' ) . '</th><td><fieldset><legend class="screen-reader-text">' . esc_html__( 'Discussed', 'postil' ) . '</legend>';
	foreach ( get_post_types( array( 'public' => true ), 'objects' ) as $type ) {
		printf(
			'<label><input type="checkbox" name="postil[types][]" value="%s" %s> %s</label><br>',
			esc_attr( $type->name ),
			checked( in_array( $type->name, postil_setting( 'types' ), true ), true, false ),
			esc_html( $type->label )
		);
	}
	echo '</fieldset></td></tr>';
}
