namespace Tachyon.Failover.Testing.StandIns.Launching;

/// <summary>
/// Writes the nodes' program, <c>tachyon-validator</c>. It has to start as fast as the real one (10 ms), which no .NET program does.
/// So it is a perl script that passes its arguments to the validator process. Without perl, or without a validator, a .NET
/// process gives the same answers, later (docs/decisions/0003-stand-in-command-line.md).
/// </summary>
internal static class CommandProgram
{
    private const string Perl = "/usr/bin/perl";

    private const string PerlScript = """
        #!/usr/bin/perl
        # Stands in for tachyon-validator: hands its arguments to the validator process, and prints what it gets back. No module is
        # loaded and no word is made here: either would cost more than all the rest.
        my @alone = (@ALONE@, 'command', '@CLIENT@');
        my $ledger = 'ledger';
        for my $i (0 .. $#ARGV) {
            $ledger = $ARGV[$i + 1] if ($ARGV[$i] eq '-l' || $ARGV[$i] eq '--ledger') && $i < $#ARGV;
        }
        # AF_UNIX and SOCK_STREAM are 1 on Linux.
        my $path = "$ledger/admin.rpc";
        my $socket;
        unless (length($path) < 108 && socket($socket, 1, 1, 0) && connect($socket, pack('S a*', 1, "$path\0"))) {
            exec { $alone[0] } @alone, @ARGV;
            exit 127;
        }
        talk($socket);

        sub talk {
            my ($s) = @_;
            my $arguments = unpack('H*', join('', map { "$_\0" } @ARGV));
            my $folder = unpack('H*', readlink('/proc/self/cwd'));
            print_all($s, qq({"jsonrpc":"2.0","id":1,"method":"standInCommandLine","params":["$arguments","$folder"]}));
            my ($got, $cut) = ('', '');
            while (1) {
                while ($got =~ /^(.) (\d+)\n/) {
                    my ($kind, $number, $head) = ($1, $2, length($&));
                    exit $number if $kind eq 'x';
                    if ($kind eq 'i') {
                        my $input = '';
                        1 while sysread(STDIN, $input, 65536, length($input));
                        print_all($s, unpack('H*', $input) . "\n");
                        $got = substr($got, $head);
                        next;
                    }
                    last if length($got) < $head + $number;
                    my $text = substr($got, $head, $number);
                    $got = substr($got, $head + $number);
                    print_all(*STDOUT, $text) if $kind eq 'o';
                    print_all(*STDERR, $text) if $kind eq 'e';
                    $cut = $text if $kind eq 'c';
                }
                next if sysread($s, $got, 65536, length($got));
                print_all(*STDOUT, $cut);
                exit 1;
            }
        }

        sub print_all {
            my ($to, $text) = @_;
            for (my $done = 0; $done < length($text);) {
                my $written = syswrite($to, $text, length($text) - $done, $done);
                exit 1 unless $written;
                $done += $written;
            }
        }

        """;

    private const string ShellScript = """
        #!/bin/sh
        # Stands in for tachyon-validator, slowly: there was no perl.
        exec @ALONE@ command @CLIENT@ "$@"

        """;

    public static void Write(string path, StandInClient client)
    {
        var perl = File.Exists(Perl);
        var alone = string.Join(perl ? ", " : " ", SelfInvocation.Command.Select(Quote));
        File.WriteAllText(path, (perl ? PerlScript : ShellScript).Replace("@ALONE@", alone, StringComparison.Ordinal).Replace("@CLIENT@", client.ToString(), StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode readAndRun = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead
                | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(path, readAndRun | UnixFileMode.UserWrite);
        }

        string Quote(string word) => perl
            ? $"'{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
