Console.WriteLine("retrodict");
