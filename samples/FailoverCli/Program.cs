using System.Text;
using Tachyon.Failover.Cli;

if (!Console.IsOutputRedirected)
{
    Console.OutputEncoding = Encoding.UTF8;
}

using var interrupts = new Interrupts();
interrupts.Listen();
return await CommandLineProgram.RunAsync(args, Surroundings.OfThisProcess(interrupts));
